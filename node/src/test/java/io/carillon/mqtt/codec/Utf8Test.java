package io.carillon.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8Test {
    /** Bytes at which the rules change, so that random ones meet them often. */
    private static final int[] EDGES = {
        0x00, 0x01, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
        0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    /** [MQTT-1.5.4-1] [MQTT3-1.5.3-1] every character, surrogates excepted. */
    @Test
    void everyCharacterIsWellFormedAndNoSurrogateIs() {
        for (int character = 1; character <= Character.MAX_CODE_POINT; character++) {
            boolean surrogate = character >= 0xD800 && character <= 0xDFFF;
            byte[] bytes = encode(character);
            ByteBuf in = Unpooled.wrappedBuffer(bytes);
            assertEquals(!surrogate, Utf8.isString(in, 0, bytes.length));
        }
    }

    /** [MQTT-1.5.4-2] [MQTT3-1.5.3-2] */
    @Test
    void zeroIsNoCharacterOfAStringButOneOfAText() {
        for (int at = 0; at < 20; at++) {
            byte[] bytes = "twenty characters...".getBytes(StandardCharsets.US_ASCII);
            bytes[at] = 0;
            ByteBuf in = Unpooled.wrappedBuffer(bytes);
            assertFalse(Utf8.isString(in, 0, 20));
            assertTrue(Utf8.isText(in, 0, 20));
        }
    }

    @Test
    void onlyTheGivenRangeCounts() {
        ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex("ff61c3bcff"));
        assertTrue(Utf8.isString(in, 1, 3));
        assertTrue(Utf8.isString(in, 1, 0));
        assertFalse(Utf8.isString(in, 1, 2));
        assertFalse(Utf8.isString(in, 1, 4));
    }

    @Test
    void randomBytesAreJudgedAsTheJdkDoes() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int at = 0; at < bytes.length; at++) {
                int edge = random.nextInt(EDGES.length);
                bytes[at] = (byte) (random.nextInt(3) == 0 ? 'a' : EDGES[edge]);
            }
            ByteBuf in = Unpooled.wrappedBuffer(bytes);
            assertEquals(
                    isUtf8(bytes),
                    Utf8.isText(in, 0, bytes.length),
                    HexFormat.of().formatHex(bytes));
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        try {
            decoder.decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** By hand, as Java would not write a surrogate. */
    private static byte[] encode(int character) {
        if (character < 0x80) {
            return new byte[] {(byte) character};
        }
        if (character < 0x800) {
            return new byte[] {(byte) (0xC0 | character >> 6), tail(character)};
        }
        if (character < 0x10000) {
            return new byte[] {
                (byte) (0xE0 | character >> 12), tail(character >> 6), tail(character)
            };
        }
        return new byte[] {
            (byte) (0xF0 | character >> 18),
            tail(character >> 12),
            tail(character >> 6),
            tail(character)
        };
    }

    private static byte tail(int bits) {
        return (byte) (0x80 | bits & 0x3F);
    }
}
