package io.carillon.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.peers.PeerMessage.Part;
import io.carillon.record.Origin;
import io.carillon.shard.Parcel.Purpose;
import io.carillon.shard.Publication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The numbers by which shards know messages again. */
class PartTest {
    private static final long SENDER = Long.MIN_VALUE | 77;

    @Test
    void aWayHasANameOfItsOwn() {
        Origin first = origin(0, 5, null);
        assertTrue(first.session() < 0);
        assertEquals(first.session(), origin(0, 6, null).session());
        assertEquals(5, first.number());
    }

    /** A message that a shard sends on to another one is not what that one had under its number. */
    @Test
    void noTwoWaysHaveTheSame() {
        assertNotEquals(origin(0, 5, null).session(), origin(1, 5, null).session());
    }

    @Test
    void theNumberOfASessionIsKept() {
        Origin session = new Origin(3, 9, true);
        assertEquals(session, origin(1, 5, session));
    }

    private static Origin origin(int shard, long number, @Nullable Origin of) {
        Message message = Message.of(Topic.of("t"), new byte[0]);
        Publication publication =
                new Publication(message, QoS.AT_LEAST_ONCE, false, "client", 1, of);
        Part part = new Part(shard, new Purpose.Member("$share/g/t"), number, 1, false);
        Origin origin = part.parcel(publication, SENDER).publication().origin();
        if (origin == null) {
            throw new AssertionError("it has no number");
        }
        return origin;
    }
}
