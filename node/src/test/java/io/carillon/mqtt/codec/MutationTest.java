package io.carillon.mqtt.codec;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every packet of the table with each of its bytes spoilt. */
class MutationTest {
    /** Single bits, and the values at which fields change their meaning. */
    private static final int[] VALUES = {0x00, 0x01, 0x02, 0x7F, 0x80, 0xC0, 0xED, 0xFE, 0xFF};

    static Stream<PacketCase> all() {
        return PacketTable.all().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneWrongByteIsReadOrRefused(PacketCase original) {
        for (int at = 0; at < original.bytes().length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                check(original, at, original.bytes()[at] ^ 1 << bit);
            }
            for (int value : VALUES) {
                check(original, at, value);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneByteLessOrMoreIsReadOrRefused(PacketCase original) {
        byte[] bytes = original.bytes();
        for (int at = 1; at < bytes.length; at++) {
            byte[] less = new byte[bytes.length - 1];
            System.arraycopy(bytes, 0, less, 0, at);
            System.arraycopy(bytes, at + 1, less, at, less.length - at);
            check(original, less);
            byte[] more = new byte[bytes.length + 1];
            System.arraycopy(bytes, 0, more, 0, at);
            System.arraycopy(bytes, at, more, at + 1, bytes.length - at);
            check(original, more);
        }
    }

    private static void check(PacketCase original, int at, int value) {
        byte[] bytes = original.bytes().clone();
        bytes[at] = (byte) value;
        check(original, bytes);
    }

    private static void check(PacketCase original, byte[] bytes) {
        try {
            Robustness.check(bytes, original.version(), original.reader(), !original.isConnect());
        } catch (RuntimeException | AssertionError e) {
            fail(original.name() + " as " + HexFormat.of().formatHex(bytes), e);
        }
    }
}
