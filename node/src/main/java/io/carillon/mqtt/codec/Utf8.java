package io.carillon.mqtt.codec;

import io.netty.buffer.ByteBuf;

/**
 * Checks that bytes are well-formed UTF-8: no overlong form, no surrogate [MQTT-1.5.4-1]
 * [MQTT3-1.5.3-1], nothing above U+10FFFF. A byte order mark is a character like any other
 * [MQTT-1.5.4-3] [MQTT3-1.5.3-3]. Control and non-characters, which the standard advises against
 * but leaves to the receiver, pass.
 */
final class Utf8 {
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** True if the bytes are well-formed and hold no U+0000 [MQTT-1.5.4-2] [MQTT3-1.5.3-2]. */
    static boolean isString(ByteBuf in, int index, int length) {
        return check(in, index, length, false);
    }

    /** True if the bytes are well-formed; a payload may hold U+0000. */
    static boolean isText(ByteBuf in, int index, int length) {
        return check(in, index, length, true);
    }

    private static boolean check(ByteBuf in, int index, int length, boolean zeroAllowed) {
        int end = index + length;
        int i = skipAscii(in, index, end);
        while (i < end) {
            int first = in.getByte(i);
            if (first > 0 || (first == 0 && zeroAllowed)) {
                i++;
                continue;
            }
            int bytes = bytesOfCharacter(in, i, end);
            if (bytes == 0) {
                return false;
            }
            i = skipAscii(in, i + bytes, end);
        }
        return true;
    }

    /** Jumps over ASCII without U+0000, eight bytes at a time. */
    private static int skipAscii(ByteBuf in, int index, int end) {
        int i = index;
        while (end - i >= Long.BYTES) {
            long word = in.getLongLE(i);
            if (((word | (word - LOW_BITS)) & HIGH_BITS) != 0) {
                break;
            }
            i += Long.BYTES;
        }
        return i;
    }

    /** The length of the character of two to four bytes that starts there, or 0 if none does. */
    private static int bytesOfCharacter(ByteBuf in, int index, int end) {
        int first = in.getByte(index) & 0xFF;
        int bytes = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (bytes == 0 || end - index < bytes) {
            return 0;
        }
        int second = in.getByte(index + 1) & 0xFF;
        // The second byte's range excludes overlong forms, surrogates and what is above U+10FFFF.
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = index + 2; i < index + bytes; i++) {
            if ((in.getByte(i) & 0xC0) != 0x80) {
                return 0;
            }
        }
        return bytes;
    }
}
