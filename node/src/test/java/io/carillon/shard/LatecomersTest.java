package io.carillon.shard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.QoS;
import org.junit.jupiter.api.Test;

final class LatecomersTest {
    private final Latecomers latecomers = new Latecomers();

    @Test
    void whatComesByAFormerConnectionBehindTheNewOneIsLate() {
        assertFalse(isLate("p", 5));
        assertFalse(isLate("p", 5));
        assertFalse(isLate("p", 6));
        assertTrue(isLate("p", 5));
        assertFalse(isLate("p", 6));
    }

    @Test
    void publishersAreOnTheirOwn() {
        assertFalse(isLate("p", 6));
        assertFalse(isLate("q", 5));
    }

    @Test
    void whatNoConnectionPublishedIsNeverLate() {
        assertFalse(isLate("p", 6));
        assertFalse(isLate("p", 0));
    }

    private boolean isLate(String publisher, long attachment) {
        return latecomers.is(
                new Publication(
                        TestNode.message("a", "x"),
                        QoS.AT_MOST_ONCE,
                        false,
                        publisher,
                        attachment,
                        null));
    }
}
