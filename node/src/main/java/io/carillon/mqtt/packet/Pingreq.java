package io.carillon.mqtt.packet;

/** PINGREQ: the client is alive and asks whether the server is. Source: MQTT 5.0, 3.12. */
public record Pingreq() implements Packet {}
