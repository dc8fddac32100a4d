package io.carillon.mqtt.packet;

/**
 * An MQTT control packet, decoded and checked. Immutable; any thread may read it.
 *
 * <p>The family is sealed so that every dispatch is one exhaustive {@code switch}. Source: MQTT
 * 5.0, section 3.
 */
public sealed interface Packet
        permits Connect,
                Connack,
                Publish,
                Puback,
                Pubrec,
                Pubrel,
                Pubcomp,
                Subscribe,
                Suback,
                Unsubscribe,
                Unsuback,
                Pingreq,
                Pingresp,
                Disconnect,
                Auth {}
