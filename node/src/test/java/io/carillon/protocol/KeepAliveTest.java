package io.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to clients that say nothing. */
final class KeepAliveTest {
    @RegisterExtension static final Node NODE = new Node();

    /** [MQTT-3.1.2-22] [MQTT-3.2.2-22] [MQTT3-3.1.2-24]: like a network failure, with the will. */
    @ParameterizedTest
    @EnumSource
    void silenceEndsTheConnection(MqttVersion version) throws IOException {
        String topic = "silent/" + version;
        Peer watcher = NODE.connect(MqttVersion.V5, "");
        watcher.subscribe(topic, QoS.AT_LEAST_ONCE);
        long begin = System.nanoTime();
        Peer silent =
                NODE.connect(
                        Hello.from(version, "silent")
                                .keepAlive(1)
                                .will(topic, "gone", QoS.AT_LEAST_ONCE, false)
                                .build());
        if (version.hasProperties()) {
            assertEquals(ReasonCode.KEEP_ALIVE_TIMEOUT, silent.expect(Disconnect.class).reason());
        }
        silent.connection().expectClosed();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertTrue(millis >= 1_500, "closed after " + millis + " ms");
        watcher.expectMessage("gone");
    }

    /** A keep alive of 0 switches it off. */
    @Test
    void withoutKeepAliveSilenceIsNoFault() throws IOException {
        Peer silent = NODE.connect(MqttVersion.V5, "quiet");
        assertEquals(Optional.empty(), silent.connection().receive(Duration.ofSeconds(3)));
        silent.expectNothing();
    }
}
