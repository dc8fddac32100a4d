package io.carillon.mqtt.packet;

/** A version of the protocol, as CONNECT names it: protocol name and level. */
public enum MqttVersion {
    V3_1("MQIsdp", 3),
    V3_1_1("MQTT", 4),
    V5("MQTT", 5);

    private final String protocolName;
    private final int level;

    MqttVersion(String protocolName, int level) {
        this.protocolName = protocolName;
        this.level = level;
    }

    public String protocolName() {
        return protocolName;
    }

    public int level() {
        return level;
    }

    /** True for 5.0, the only version with properties and reason codes. */
    public boolean hasProperties() {
        return this == V5;
    }
}
