package io.carillon.e2e.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A message as it is published or received.
 *
 * @param payload one character for each byte
 */
public record Message(
        String topic, String payload, int qos, boolean retain, Properties properties) {

    public static Message of(String topic, String payload, int qos) {
        return new Message(topic, payload, qos, false, Properties.NONE);
    }

    public static Message retained(String topic, String payload, int qos) {
        return new Message(topic, payload, qos, true, Properties.NONE);
    }

    public Message with(Properties others) {
        return new Message(topic, payload, qos, retain, others);
    }

    public Message withQos(int other) {
        return new Message(topic, payload, other, retain, properties);
    }

    public Message withRetain(boolean other) {
        return new Message(topic, payload, qos, other, properties);
    }

    byte[] bytes() {
        return payload.getBytes(ISO_8859_1);
    }

    static String text(byte[] payload) {
        return new String(payload, ISO_8859_1);
    }

    /** Long payloads are not for reading. */
    @Override
    public String toString() {
        String shown = payload.length() > 60 ? payload.length() + " bytes" : '"' + payload + '"';
        String mark = retain ? " retained" : "";
        String more = properties.equals(Properties.NONE) ? "" : " " + properties;
        return topic + " " + shown + " qos " + qos + mark + more;
    }
}
