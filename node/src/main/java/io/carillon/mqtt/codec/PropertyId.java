package io.carillon.mqtt.codec;

/**
 * The identifiers of properties, and per packet the set of those allowed in it, one bit each.
 * Source: MQTT 5.0, 2.2.2.2.
 */
final class PropertyId {
    static final int PAYLOAD_FORMAT = 0x01;
    static final int MESSAGE_EXPIRY = 0x02;
    static final int CONTENT_TYPE = 0x03;
    static final int RESPONSE_TOPIC = 0x08;
    static final int CORRELATION_DATA = 0x09;
    static final int SUBSCRIPTION_ID = 0x0B;
    static final int SESSION_EXPIRY = 0x11;
    static final int ASSIGNED_CLIENT_ID = 0x12;
    static final int SERVER_KEEP_ALIVE = 0x13;
    static final int AUTHENTICATION_METHOD = 0x15;
    static final int AUTHENTICATION_DATA = 0x16;
    static final int REQUEST_PROBLEM_INFORMATION = 0x17;
    static final int WILL_DELAY = 0x18;
    static final int REQUEST_RESPONSE_INFORMATION = 0x19;
    static final int RESPONSE_INFORMATION = 0x1A;
    static final int SERVER_REFERENCE = 0x1C;
    static final int REASON_STRING = 0x1F;
    static final int RECEIVE_MAXIMUM = 0x21;
    static final int TOPIC_ALIAS_MAXIMUM = 0x22;
    static final int TOPIC_ALIAS = 0x23;
    static final int MAXIMUM_QOS = 0x24;
    static final int RETAIN_AVAILABLE = 0x25;
    static final int USER_PROPERTY = 0x26;
    static final int MAXIMUM_PACKET_SIZE = 0x27;
    static final int WILDCARD_AVAILABLE = 0x28;
    static final int SUBSCRIPTION_ID_AVAILABLE = 0x29;
    static final int SHARED_AVAILABLE = 0x2A;

    /** Those of a message that travel with it unaltered. */
    static final long FORWARDED =
            set(PAYLOAD_FORMAT, CONTENT_TYPE, RESPONSE_TOPIC, CORRELATION_DATA, USER_PROPERTY);

    static final long IN_PUBLISH = FORWARDED | set(MESSAGE_EXPIRY, TOPIC_ALIAS, SUBSCRIPTION_ID);
    static final long IN_WILL = FORWARDED | set(MESSAGE_EXPIRY, WILL_DELAY);
    static final long IN_CONNECT =
            set(
                    SESSION_EXPIRY,
                    RECEIVE_MAXIMUM,
                    MAXIMUM_PACKET_SIZE,
                    TOPIC_ALIAS_MAXIMUM,
                    REQUEST_RESPONSE_INFORMATION,
                    REQUEST_PROBLEM_INFORMATION,
                    USER_PROPERTY,
                    AUTHENTICATION_METHOD,
                    AUTHENTICATION_DATA);
    static final long IN_CONNACK =
            set(
                    SESSION_EXPIRY,
                    RECEIVE_MAXIMUM,
                    MAXIMUM_QOS,
                    RETAIN_AVAILABLE,
                    MAXIMUM_PACKET_SIZE,
                    ASSIGNED_CLIENT_ID,
                    TOPIC_ALIAS_MAXIMUM,
                    REASON_STRING,
                    USER_PROPERTY,
                    WILDCARD_AVAILABLE,
                    SUBSCRIPTION_ID_AVAILABLE,
                    SHARED_AVAILABLE,
                    SERVER_KEEP_ALIVE,
                    RESPONSE_INFORMATION,
                    SERVER_REFERENCE,
                    AUTHENTICATION_METHOD,
                    AUTHENTICATION_DATA);

    /** Of PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK and UNSUBACK. */
    static final long IN_ACK = set(REASON_STRING, USER_PROPERTY);

    static final long IN_SUBSCRIBE = set(SUBSCRIPTION_ID, USER_PROPERTY);
    static final long IN_UNSUBSCRIBE = set(USER_PROPERTY);
    static final long IN_DISCONNECT_OF_CLIENT = set(SESSION_EXPIRY, REASON_STRING, USER_PROPERTY);
    static final long IN_DISCONNECT_OF_SERVER = set(REASON_STRING, USER_PROPERTY, SERVER_REFERENCE);
    static final long IN_AUTH =
            set(AUTHENTICATION_METHOD, AUTHENTICATION_DATA, REASON_STRING, USER_PROPERTY);

    private PropertyId() {}

    static boolean in(long set, int id) {
        return id < Long.SIZE && ((set >>> id) & 1) != 0;
    }

    static long set(int... ids) {
        long set = 0;
        for (int id : ids) {
            set |= 1L << id;
        }
        return set;
    }
}
