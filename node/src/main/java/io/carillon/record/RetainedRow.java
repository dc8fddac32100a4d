package io.carillon.record;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;

/** The retained message of a topic, with the QoS at which it was published. */
public record RetainedRow(Message message, QoS qos) {}
