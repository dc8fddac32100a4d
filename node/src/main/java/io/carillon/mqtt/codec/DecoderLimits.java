package io.carillon.mqtt.codec;

/**
 * How much one packet may hold. A packet above a limit is refused with the reason code that the
 * standard has for it, before memory is spent on it.
 *
 * @param connectBytesMax whole packets until the connection is accepted
 * @param packetBytesMax whole packets from then on, the Maximum Packet Size of our CONNACK
 * @param clientIdBytesMax the client id, 23 at the least [MQTT-3.1.3-5] [MQTT3-3.1.3-5]; that 3.1
 *     allows no more is not enforced, as few clients and no other server keep to it
 * @param topicBytesMax a topic name, at most 65,535
 * @param topicLevelsMax the levels of a topic name
 * @param userPropertiesMax user properties of one packet
 * @param filtersMax topic filters of one SUBSCRIBE or UNSUBSCRIBE
 * @param validatePayloadFormat whether a payload that is announced as UTF-8 is checked
 */
public record DecoderLimits(
        int connectBytesMax,
        int packetBytesMax,
        int clientIdBytesMax,
        int topicBytesMax,
        int topicLevelsMax,
        int userPropertiesMax,
        int filtersMax,
        boolean validatePayloadFormat) {

    /** The largest packet that a remaining length can announce, in bytes. */
    public static final int STANDARD_BYTES_MAX = 5 + VariableByteInteger.MAX;

    /** What the standard allows in topics and ids, with packets of up to 1 MiB. */
    public static final DecoderLimits DEFAULT =
            new DecoderLimits(65_536, 1 << 20, 65_535, 65_535, 200, 200, 10_000, false);

    public DecoderLimits {
        atLeast("connectBytesMax", connectBytesMax, 64);
        atLeast("packetBytesMax", packetBytesMax, 64);
        atLeast("clientIdBytesMax", clientIdBytesMax, 23);
        atLeast("topicBytesMax", topicBytesMax, 1);
        atLeast("topicLevelsMax", topicLevelsMax, 1);
        atLeast("userPropertiesMax", userPropertiesMax, 0);
        atLeast("filtersMax", filtersMax, 1);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
        }
    }
}
