package io.carillon.cluster.link;

/** The first byte of a frame. Numbers are big-endian throughout. */
final class FrameType {
    static final byte HELLO = 1;
    static final byte WELCOME = 2;
    static final byte REFUSAL = 3;
    static final byte ACK = 4;

    /** Messages of whoever dialled; see {@link MessagesFrame}. */
    static final byte MESSAGES = 5;

    /** Answers of whoever was dialled; see {@link AnswersFrame}. */
    static final byte ANSWERS = 6;

    /** The heartbeat of whoever dialled, and the answer of who agrees to what it says. */
    static final byte BEAT = 7;

    static final byte AGREED = 8;

    private FrameType() {}
}
