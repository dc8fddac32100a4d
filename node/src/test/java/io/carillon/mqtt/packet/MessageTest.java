package io.carillon.mqtt.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final Topic TOPIC = Topic.of("a/b");

    @Test
    void messagesAreEqualByWhatTheyHold() {
        assertEquals(message(1, 2), message(1, 2));
        assertEquals(message(1, 2).hashCode(), message(1, 2).hashCode());
        assertNotEquals(message(1, 2), message(1, 3));
        assertEquals(publish(1), publish(1));
        assertEquals(publish(1).hashCode(), publish(1).hashCode());
        assertNotEquals(publish(1), publish(2));
    }

    @Test
    void aMessageExpiresAtItsTimeOrNever() {
        Message message = new Message(TOPIC, new byte[0], MessageProperties.NONE, 1_000);
        assertFalse(message.expired(999));
        assertTrue(message.expired(1_000));
        assertFalse(message(1).expired(Long.MAX_VALUE - 1));
    }

    @Test
    void aMessageIsAsLargeAsItsParts() {
        MessageProperties properties = MessageProperties.ofChecked(new byte[] {1, 1});
        assertEquals(3 + 2 + 4, new Message(TOPIC, new byte[4], properties, 0).bytes());
    }

    @Test
    void emptyPropertiesAreNone() {
        assertSame(MessageProperties.NONE, MessageProperties.ofChecked(new byte[0]));
        assertTrue(MessageProperties.NONE.isEmpty());
    }

    @Test
    void aWillExpiresFromWhenItIsPublished() {
        Will will = new Will(message(1), QoS.AT_LEAST_ONCE, false, 0, 5);
        assertEquals(17_000, will.messageAt(12_000).expiresAtMillis());
        Will lasting = new Will(message(1), QoS.AT_LEAST_ONCE, false, 0, -1);
        assertEquals(Message.NEVER, lasting.messageAt(12_000).expiresAtMillis());
    }

    @Test
    void userPropertiesKeepTheirOrderAndMayRepeat() {
        assertEquals(
                List.of(new UserProperties.Pair("k", "1"), new UserProperties.Pair("k", "0")),
                UserProperties.of("k", "1", "k", "0").pairs());
    }

    private static Message message(int... payload) {
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) payload[i];
        }
        return Message.of(TOPIC, bytes);
    }

    private static Publish publish(int identifier) {
        int[] identifiers = {identifier};
        return new Publish(message(1), QoS.AT_MOST_ONCE, false, false, 0, identifiers, 0);
    }
}
