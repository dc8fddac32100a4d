package io.carillon.mqtt.codec;

import static io.carillon.mqtt.packet.ReasonCode.*;

import io.carillon.mqtt.packet.ReasonCode;
import org.jspecify.annotations.Nullable;

/** The reason codes that one type of packet may carry, by their byte. Source: MQTT 5.0, 2.4. */
final class ReasonTable {
    /** PUBACK and PUBREC [MQTT-3.4.2-1] [MQTT-3.5.2-1]. */
    static final ReasonTable PUBACK =
            new ReasonTable(
                    SUCCESS,
                    NO_MATCHING_SUBSCRIBERS,
                    UNSPECIFIED_ERROR,
                    IMPLEMENTATION_SPECIFIC_ERROR,
                    NOT_AUTHORIZED,
                    TOPIC_NAME_INVALID,
                    PACKET_IDENTIFIER_IN_USE,
                    QUOTA_EXCEEDED,
                    PAYLOAD_FORMAT_INVALID);

    /** PUBREL and PUBCOMP [MQTT-3.6.2-1] [MQTT-3.7.2-1]. */
    static final ReasonTable PUBREL = new ReasonTable(SUCCESS, PACKET_IDENTIFIER_NOT_FOUND);

    /** [MQTT-3.9.3-2] */
    static final ReasonTable SUBACK =
            new ReasonTable(
                    SUCCESS,
                    GRANTED_QOS_1,
                    GRANTED_QOS_2,
                    UNSPECIFIED_ERROR,
                    IMPLEMENTATION_SPECIFIC_ERROR,
                    NOT_AUTHORIZED,
                    TOPIC_FILTER_INVALID,
                    PACKET_IDENTIFIER_IN_USE,
                    QUOTA_EXCEEDED,
                    SHARED_SUBSCRIPTIONS_NOT_SUPPORTED,
                    SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
                    WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED);

    /** [MQTT3-3.9.3-2] */
    static final ReasonTable SUBACK_3 =
            new ReasonTable(SUCCESS, GRANTED_QOS_1, GRANTED_QOS_2, UNSPECIFIED_ERROR);

    /** [MQTT-3.11.3-2] */
    static final ReasonTable UNSUBACK =
            new ReasonTable(
                    SUCCESS,
                    NO_SUBSCRIPTION_EXISTED,
                    UNSPECIFIED_ERROR,
                    IMPLEMENTATION_SPECIFIC_ERROR,
                    NOT_AUTHORIZED,
                    TOPIC_FILTER_INVALID,
                    PACKET_IDENTIFIER_IN_USE);

    /** [MQTT-3.2.2-8] */
    static final ReasonTable CONNACK =
            new ReasonTable(
                    SUCCESS,
                    UNSPECIFIED_ERROR,
                    MALFORMED_PACKET,
                    PROTOCOL_ERROR,
                    IMPLEMENTATION_SPECIFIC_ERROR,
                    UNSUPPORTED_PROTOCOL_VERSION,
                    CLIENT_IDENTIFIER_NOT_VALID,
                    BAD_USER_NAME_OR_PASSWORD,
                    NOT_AUTHORIZED,
                    SERVER_UNAVAILABLE,
                    SERVER_BUSY,
                    BANNED,
                    BAD_AUTHENTICATION_METHOD,
                    TOPIC_NAME_INVALID,
                    PACKET_TOO_LARGE,
                    QUOTA_EXCEEDED,
                    PAYLOAD_FORMAT_INVALID,
                    RETAIN_NOT_SUPPORTED,
                    QOS_NOT_SUPPORTED,
                    USE_ANOTHER_SERVER,
                    SERVER_MOVED,
                    CONNECTION_RATE_EXCEEDED);

    /** What a client may say [MQTT-3.14.2-1]. */
    static final ReasonTable DISCONNECT_OF_CLIENT =
            new ReasonTable(
                    SUCCESS,
                    DISCONNECT_WITH_WILL,
                    UNSPECIFIED_ERROR,
                    MALFORMED_PACKET,
                    PROTOCOL_ERROR,
                    IMPLEMENTATION_SPECIFIC_ERROR,
                    TOPIC_NAME_INVALID,
                    RECEIVE_MAXIMUM_EXCEEDED,
                    TOPIC_ALIAS_INVALID,
                    PACKET_TOO_LARGE,
                    MESSAGE_RATE_TOO_HIGH,
                    QUOTA_EXCEEDED,
                    ADMINISTRATIVE_ACTION,
                    PAYLOAD_FORMAT_INVALID);

    /** What a server may say; 0 too, as that is what a packet without reason stands for. */
    static final ReasonTable DISCONNECT_OF_SERVER =
            new ReasonTable(
                    SUCCESS,
                    UNSPECIFIED_ERROR,
                    MALFORMED_PACKET,
                    PROTOCOL_ERROR,
                    IMPLEMENTATION_SPECIFIC_ERROR,
                    NOT_AUTHORIZED,
                    SERVER_BUSY,
                    SERVER_SHUTTING_DOWN,
                    BAD_AUTHENTICATION_METHOD,
                    KEEP_ALIVE_TIMEOUT,
                    SESSION_TAKEN_OVER,
                    TOPIC_FILTER_INVALID,
                    TOPIC_NAME_INVALID,
                    RECEIVE_MAXIMUM_EXCEEDED,
                    TOPIC_ALIAS_INVALID,
                    PACKET_TOO_LARGE,
                    MESSAGE_RATE_TOO_HIGH,
                    QUOTA_EXCEEDED,
                    ADMINISTRATIVE_ACTION,
                    PAYLOAD_FORMAT_INVALID,
                    RETAIN_NOT_SUPPORTED,
                    QOS_NOT_SUPPORTED,
                    USE_ANOTHER_SERVER,
                    SERVER_MOVED,
                    SHARED_SUBSCRIPTIONS_NOT_SUPPORTED,
                    CONNECTION_RATE_EXCEEDED,
                    MAXIMUM_CONNECT_TIME,
                    SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
                    WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED);

    /** [MQTT-3.15.2-1] */
    static final ReasonTable AUTH_OF_CLIENT =
            new ReasonTable(CONTINUE_AUTHENTICATION, RE_AUTHENTICATE);

    /** [MQTT-3.15.2-1] */
    static final ReasonTable AUTH_OF_SERVER = new ReasonTable(SUCCESS, CONTINUE_AUTHENTICATION);

    private final @Nullable ReasonCode[] byValue = new ReasonCode[256];

    private ReasonTable(ReasonCode... codes) {
        for (ReasonCode code : codes) {
            byValue[code.value()] = code;
        }
    }

    /** Reads one byte and refuses what the table does not hold. */
    ReasonCode read(BodyReader body) throws MalformedPacket {
        int value = body.u8();
        ReasonCode code = byValue[value];
        if (code == null) {
            throw body.malformed(Malformation.REASON_NOT_ALLOWED, "0x%02X".formatted(value));
        }
        return code;
    }
}
