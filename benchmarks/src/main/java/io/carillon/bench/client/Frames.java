package io.carillon.bench.client;

import java.util.List;

/** The packets that a connection sends once: made when it needs them. */
final class Frames {
    /** What a SUBSCRIBE takes besides its filters. */
    static final int SUBSCRIBE_HEAD_BYTES_MAX = 1 + 4 + 2 + 1;

    private static final int SESSION_EXPIRY = 0x11;
    private static final byte[] PROTOCOL_NAME = Frame.utf8("MQTT");

    private Frames() {}

    static byte[] connect(Identity identity) {
        Protocol protocol = identity.protocol();
        byte[] clientId = Frame.utf8(identity.clientId());
        byte[] user = identity.user() == null ? null : Frame.utf8(identity.user());
        byte[] password = identity.password() == null ? null : Frame.utf8(identity.password());
        boolean expires = protocol.hasProperties() && identity.sessionExpirySeconds() > 0;
        int length = 2 + PROTOCOL_NAME.length + 4 + 2 + clientId.length;
        length += protocol.hasProperties() ? 1 + (expires ? 5 : 0) : 0;
        length += user == null ? 0 : 2 + user.length;
        length += password == null ? 0 : 2 + password.length;

        int flags =
                (identity.cleanStart() ? 0x02 : 0)
                        | (user == null ? 0 : 0x80)
                        | (password == null ? 0 : 0x40);
        Frame frame =
                new Frame(0x10, length)
                        .text(PROTOCOL_NAME)
                        .octet(protocol.level)
                        .octet(flags)
                        .number(identity.keepAliveSeconds());
        if (protocol.hasProperties()) {
            frame.octet(expires ? 5 : 0);
            if (expires) {
                frame.octet(SESSION_EXPIRY).longNumber(identity.sessionExpirySeconds());
            }
        }
        frame.text(clientId);
        if (user != null) {
            frame.text(user);
        }
        if (password != null) {
            frame.text(password);
        }
        return frame.bytes();
    }

    static byte[] subscribe(Protocol protocol, int packetId, String filter, int qos) {
        return subscribe(protocol, packetId, List.of(Frame.utf8(filter)), qos);
    }

    /** A SUBSCRIBE to all of those filters, which are UTF-8. */
    static byte[] subscribe(Protocol protocol, int packetId, List<byte[]> filters, int qos) {
        int length = 2 + (protocol.hasProperties() ? 1 : 0);
        length += filters.stream().mapToInt(Frames::filterBytes).sum();
        Frame frame = new Frame(0x82, length).number(packetId);
        if (protocol.hasProperties()) {
            frame.octet(0);
        }
        filters.forEach(filter -> frame.text(filter).octet(qos));
        return frame.bytes();
    }

    /** What a filter takes in a SUBSCRIBE. */
    static int filterBytes(byte[] filter) {
        return 2 + filter.length + 1;
    }

    static byte[] pingreq() {
        return new Frame(0xc0, 0).bytes();
    }

    static byte[] disconnect() {
        return new Frame(0xe0, 0).bytes();
    }
}
