package io.carillon.mqtt.packet;

/** PINGRESP: the server is alive. Source: MQTT 5.0, 3.13. */
public record Pingresp() implements Packet {}
