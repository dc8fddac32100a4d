package io.carillon.mqtt.codec;

import static io.carillon.mqtt.packet.ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
import static io.carillon.mqtt.packet.ReasonCode.MALFORMED_PACKET;
import static io.carillon.mqtt.packet.ReasonCode.PROTOCOL_ERROR;
import static io.carillon.mqtt.packet.ReasonCode.QUOTA_EXCEEDED;
import static io.carillon.mqtt.packet.ReasonCode.TOPIC_ALIAS_INVALID;
import static io.carillon.mqtt.packet.ReasonCode.TOPIC_NAME_INVALID;
import static io.carillon.mqtt.packet.ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;

import io.carillon.mqtt.packet.ReasonCode;

/**
 * What can be wrong with a packet by itself: one name per cause, so that logs and counters say
 * which, behind the reason code that goes on the wire. A packet that cannot be parsed is malformed
 * (0x81); one that parses to what the protocol forbids is a protocol error (0x82) [MQTT-4.13.1-1].
 */
public enum Malformation {
    // The fixed header.
    RESERVED_TYPE(MALFORMED_PACKET, "the packet type is reserved"),
    WRONG_FLAGS(MALFORMED_PACKET, "the flags of the first byte are not those of the type"),
    LENGTH_TOO_LONG(MALFORMED_PACKET, "the remaining length has more than four bytes"),
    LENGTH_NOT_MINIMAL(MALFORMED_PACKET, "the remaining length has more bytes than it needs"),
    PACKET_TOO_LARGE(ReasonCode.PACKET_TOO_LARGE, "the packet is larger than the server accepts"),
    WRONG_DIRECTION(PROTOCOL_ERROR, "this side may not send such a packet"),
    NOT_CONNECT_FIRST(PROTOCOL_ERROR, "the first packet must be CONNECT"),
    SECOND_CONNECT(PROTOCOL_ERROR, "a connection has one CONNECT only"),

    // Fields of any packet.
    TRUNCATED(MALFORMED_PACKET, "the packet ends within a field"),
    TRAILING_BYTES(MALFORMED_PACKET, "bytes follow the last field of the packet"),
    ILL_FORMED_STRING(MALFORMED_PACKET, "a string is not UTF-8 or holds U+0000 or a surrogate"),
    INTEGER_TOO_LONG(MALFORMED_PACKET, "a variable byte integer has more than four bytes"),
    INTEGER_NOT_MINIMAL(MALFORMED_PACKET, "a variable byte integer has more bytes than it needs"),
    PACKET_ID_ZERO(PROTOCOL_ERROR, "the packet identifier is 0"),
    REASON_NOT_ALLOWED(PROTOCOL_ERROR, "the reason code is not one of this packet and sender"),

    // Properties.
    PROPERTY_NOT_ALLOWED(MALFORMED_PACKET, "the property is unknown or not one of this packet"),
    PROPERTY_TWICE(PROTOCOL_ERROR, "the property may be given only once"),
    PROPERTY_OUT_OF_RANGE(PROTOCOL_ERROR, "the value of the property is not allowed"),
    TOO_MANY_USER_PROPERTIES(QUOTA_EXCEEDED, "more user properties than the server accepts"),
    AUTHENTICATION_METHOD_MISSING(PROTOCOL_ERROR, "an authentication method is needed"),

    // CONNECT and CONNACK.
    UNKNOWN_PROTOCOL_NAME(UNSUPPORTED_PROTOCOL_VERSION, "the protocol name is not MQTT"),
    UNKNOWN_PROTOCOL_LEVEL(UNSUPPORTED_PROTOCOL_VERSION, "the protocol level is not supported"),
    CONNECT_RESERVED_FLAG(MALFORMED_PACKET, "the reserved bit of the connect flags is set"),
    WILL_FLAGS_WITHOUT_WILL(MALFORMED_PACKET, "will QoS or will retain is set without a will"),
    WILL_QOS_3(MALFORMED_PACKET, "the will QoS is 3"),
    PASSWORD_WITHOUT_USER_NAME(MALFORMED_PACKET, "before 5.0 a password needs a user name"),
    CLIENT_ID_TOO_LONG(CLIENT_IDENTIFIER_NOT_VALID, "the client id is longer than accepted"),
    CLIENT_ID_MISSING(CLIENT_IDENTIFIER_NOT_VALID, "the client id is empty, the session kept"),
    CONNACK_RESERVED_FLAGS(MALFORMED_PACKET, "a reserved bit of the acknowledge flags is set"),
    SESSION_PRESENT_IN_REFUSAL(PROTOCOL_ERROR, "a session is present though refused"),

    // PUBLISH and the will.
    QOS_3(MALFORMED_PACKET, "the QoS is 3"),
    DUP_AT_QOS_0(MALFORMED_PACKET, "the DUP flag is set at QoS 0"),
    TOPIC_MISSING(PROTOCOL_ERROR, "the topic name is empty and no alias stands for it"),
    TOPIC_HAS_WILDCARD(TOPIC_NAME_INVALID, "the topic name holds '+' or '#'"),
    TOPIC_TOO_LONG(TOPIC_NAME_INVALID, "the topic name has more bytes than the server accepts"),
    TOPIC_TOO_DEEP(TOPIC_NAME_INVALID, "the topic name has more levels than the server accepts"),
    RESPONSE_TOPIC_INVALID(PROTOCOL_ERROR, "the response topic is empty or holds a wildcard"),
    ALIAS_OUT_OF_RANGE(TOPIC_ALIAS_INVALID, "the topic alias is 0 or above the maximum"),
    ALIAS_UNKNOWN(PROTOCOL_ERROR, "the topic alias was not given a topic on this connection"),
    SUBSCRIPTION_ID_FROM_CLIENT(PROTOCOL_ERROR, "a client's PUBLISH names a subscription id"),
    PAYLOAD_NOT_UTF8(ReasonCode.PAYLOAD_FORMAT_INVALID, "the payload is not the UTF-8 it claims"),

    // SUBSCRIBE, UNSUBSCRIBE and their answers.
    NO_FILTER(PROTOCOL_ERROR, "there is no topic filter"),
    TOO_MANY_FILTERS(QUOTA_EXCEEDED, "more topic filters than the server accepts at once"),
    SUBSCRIPTION_RESERVED_BITS(MALFORMED_PACKET, "a reserved bit of the options is set"),
    SUBSCRIPTION_QOS_3(PROTOCOL_ERROR, "the maximum QoS is 3"),
    RETAIN_HANDLING_3(PROTOCOL_ERROR, "the retain handling is 3"),
    NO_LOCAL_ON_SHARED(PROTOCOL_ERROR, "a shared subscription asks for no local"),
    NO_REASON(PROTOCOL_ERROR, "there is no reason code");

    private final ReasonCode reason;
    private final String sentence;

    Malformation(ReasonCode reason, String sentence) {
        this.reason = reason;
        this.sentence = sentence;
    }

    /** What CONNACK or DISCONNECT says. */
    public ReasonCode reason() {
        return reason;
    }

    /** What is wrong, for people. */
    public String sentence() {
        return sentence;
    }
}
