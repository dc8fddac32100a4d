package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.ReasonCode;

/**
 * The return codes of CONNACK before 5.0, 0 to 5, and the reason codes that they stand for. Source:
 * MQTT 3.1.1, 3.2.2.3.
 */
final class ReturnCode {
    /** No return code applies: the connection is closed without a CONNACK [MQTT3-3.2.2-6]. */
    static final int NONE = -1;

    private static final ReasonCode[] REASONS = {
        ReasonCode.SUCCESS,
        ReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
        ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
        ReasonCode.SERVER_UNAVAILABLE,
        ReasonCode.BAD_USER_NAME_OR_PASSWORD,
        ReasonCode.NOT_AUTHORIZED
    };

    private ReturnCode() {}

    /**
     * The return code for a reason:
     *
     * <ul>
     *   <li>1 for an unsupported protocol version [MQTT3-3.1.2-2]
     *   <li>2 for an invalid client id [MQTT3-3.1.3-8]
     *   <li>3, server unavailable, for all that may pass: unavailable, busy, shutting down, moved,
     *       quota or rate exceeded, and errors without a better name
     *   <li>4 for bad credentials and a bad authentication method
     *   <li>5 for not authorized and banned
     *   <li>{@link #NONE} for all else, above all for malformed packets
     * </ul>
     */
    static int of(ReasonCode reason) {
        return switch (reason) {
            case SUCCESS -> 0;
            case UNSUPPORTED_PROTOCOL_VERSION -> 1;
            case CLIENT_IDENTIFIER_NOT_VALID -> 2;
            case SERVER_UNAVAILABLE,
                    SERVER_BUSY,
                    SERVER_SHUTTING_DOWN,
                    USE_ANOTHER_SERVER,
                    SERVER_MOVED,
                    QUOTA_EXCEEDED,
                    CONNECTION_RATE_EXCEEDED,
                    UNSPECIFIED_ERROR,
                    IMPLEMENTATION_SPECIFIC_ERROR ->
                    3;
            case BAD_USER_NAME_OR_PASSWORD, BAD_AUTHENTICATION_METHOD -> 4;
            case NOT_AUTHORIZED, BANNED -> 5;
            case GRANTED_QOS_1,
                    GRANTED_QOS_2,
                    DISCONNECT_WITH_WILL,
                    NO_MATCHING_SUBSCRIBERS,
                    NO_SUBSCRIPTION_EXISTED,
                    CONTINUE_AUTHENTICATION,
                    RE_AUTHENTICATE,
                    MALFORMED_PACKET,
                    PROTOCOL_ERROR,
                    KEEP_ALIVE_TIMEOUT,
                    SESSION_TAKEN_OVER,
                    TOPIC_FILTER_INVALID,
                    TOPIC_NAME_INVALID,
                    PACKET_IDENTIFIER_IN_USE,
                    PACKET_IDENTIFIER_NOT_FOUND,
                    RECEIVE_MAXIMUM_EXCEEDED,
                    TOPIC_ALIAS_INVALID,
                    PACKET_TOO_LARGE,
                    MESSAGE_RATE_TOO_HIGH,
                    ADMINISTRATIVE_ACTION,
                    PAYLOAD_FORMAT_INVALID,
                    RETAIN_NOT_SUPPORTED,
                    QOS_NOT_SUPPORTED,
                    SHARED_SUBSCRIPTIONS_NOT_SUPPORTED,
                    MAXIMUM_CONNECT_TIME,
                    SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
                    WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED ->
                    NONE;
        };
    }

    /** Reads one and gives the reason it stands for. */
    static ReasonCode read(BodyReader body) throws MalformedPacket {
        int code = body.u8();
        if (code >= REASONS.length) {
            throw body.malformed(Malformation.REASON_NOT_ALLOWED, "return code " + code);
        }
        return REASONS[code];
    }
}
