package io.carillon.mqtt.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.mqtt.packet.MqttVersion;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes, in any state of the decoder. Each build replays the table's packets; {@code
 * JAZZER_FUZZ=1} goes looking for more.
 */
class PacketDecoderFuzzTest {
    private static final int CLIENT = 0x10;
    private static final int CONNECTED = 0x20;

    /** A byte that says which decoder, and the packet. */
    static Stream<Arguments> seeds() {
        return PacketTable.all().stream().map(PacketDecoderFuzzTest::seed);
    }

    private static Arguments seed(PacketCase packet) {
        byte[] bytes = new byte[packet.bytes().length + 1];
        bytes[0] =
                (byte)
                        (packet.version().level()
                                | (packet.reader() == Side.CLIENT ? CLIENT : 0)
                                | (packet.isConnect() ? 0 : CONNECTED));
        System.arraycopy(packet.bytes(), 0, bytes, 1, packet.bytes().length);
        return Arguments.of((Object) bytes);
    }

    @MethodSource("seeds")
    @FuzzTest
    void decode(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] bytes = new byte[data.length - 1];
        System.arraycopy(data, 1, bytes, 0, bytes.length);
        MqttVersion version =
                switch (data[0] & 0x07) {
                    case 3 -> MqttVersion.V3_1;
                    case 4 -> MqttVersion.V3_1_1;
                    default -> MqttVersion.V5;
                };
        Side reader = (data[0] & CLIENT) != 0 ? Side.CLIENT : Side.SERVER;
        boolean connected = reader == Side.CLIENT || (data[0] & CONNECTED) != 0;
        Robustness.check(bytes, version, reader, connected);
    }
}
