package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;

/**
 * Topics that end in a level of eight digits, the number of the message in base 16: as many
 * distinct topics of one length as a run needs.
 */
final class NumberedTopic {
    private static final int DIGITS = 8;
    private static final byte[] HEX = Frame.utf8("0123456789abcdef");

    private NumberedTopic() {}

    /** The topic of number 0 below that prefix, which ends in a slash. */
    static byte[] first(String prefix) {
        return Frame.utf8(prefix + "0".repeat(DIGITS));
    }

    /** Writes a number over the digits that end there. */
    static void set(ByteBuf buffer, int end, long number) {
        long rest = number;
        for (int i = 1; i <= DIGITS; i++) {
            buffer.setByte(end - i, HEX[(int) (rest & 0xf)]);
            rest >>>= 4;
        }
    }

    /** The number whose digits end there; of another topic it may be any. */
    static long number(ByteBuf buffer, int end) {
        long number = 0;
        for (int i = DIGITS; i > 0; i--) {
            number = number << 4 | Character.digit(buffer.getByte(end - i), 16) & 0xf;
        }
        return number;
    }
}
