package io.carillon.record;

import io.carillon.bytes.FieldReader;
import io.carillon.bytes.FieldWriter;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.Topic;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A message as fields. One with the topic of the one before it does not repeat that. */
public final class MessageFields {
    private MessageFields() {}

    /**
     * Writes a message.
     *
     * @param before the topic of the message before, or null
     */
    public static void put(FieldWriter out, Message message, @Nullable Topic before) {
        out.putNumber(message.expiresAtMillis() == Message.NEVER ? 0 : message.expiresAtMillis());
        if (before != null && before.equals(message.topic())) {
            out.putNumber(0); // no topic is empty
        } else {
            out.putBytes(message.topic().utf8());
        }
        out.putBytes(message.properties().encoded());
        out.putBytes(message.payload());
    }

    /** Reads a message. */
    public static Message get(FieldReader in, @Nullable Topic before) {
        long expiresAt = in.getNumber();
        byte[] name = in.getBytes();
        Topic topic =
                name.length == 0 && before != null
                        ? before
                        : Topic.of(new String(name, StandardCharsets.UTF_8), name);
        MessageProperties properties = MessageProperties.ofChecked(in.getBytes());
        return new Message(
                topic, in.getBytes(), properties, expiresAt == 0 ? Message.NEVER : expiresAt);
    }
}
