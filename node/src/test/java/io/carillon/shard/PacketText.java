package io.carillon.shard;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Unsuback;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Packets in short words, so that a test reads as a transcript: {@code publish a/b=x q1 #3 dup
 * retain}.
 */
public final class PacketText {
    private PacketText() {}

    public static List<String> of(List<? extends Packet> packets) {
        return packets.stream().map(PacketText::of).toList();
    }

    public static String of(Packet packet) {
        return switch (packet) {
            case Publish publish -> publish(publish);
            case Puback puback -> "puback #" + puback.packetId() + reason(puback.reason());
            case Pubrec pubrec -> "pubrec #" + pubrec.packetId() + reason(pubrec.reason());
            case Pubrel pubrel -> "pubrel #" + pubrel.packetId() + reason(pubrel.reason());
            case Pubcomp pubcomp -> "pubcomp #" + pubcomp.packetId() + reason(pubcomp.reason());
            case Suback suback -> "suback #" + suback.packetId() + " " + suback.reasons();
            case Unsuback unsuback -> "unsuback #" + unsuback.packetId() + " " + unsuback.reasons();
            default -> packet.toString();
        };
    }

    private static String publish(Publish publish) {
        StringBuilder text = new StringBuilder("publish ");
        text.append(publish.message().topic()).append('=');
        text.append(new String(publish.message().payload(), StandardCharsets.UTF_8));
        text.append(" q").append(publish.qos().level());
        if (publish.packetId() != 0) {
            text.append(" #").append(publish.packetId());
        }
        if (publish.dup()) {
            text.append(" dup");
        }
        if (publish.retain()) {
            text.append(" retain");
        }
        for (int identifier : publish.subscriptionIdentifiers()) {
            text.append(" id").append(identifier);
        }
        return text.toString();
    }

    private static String reason(ReasonCode reason) {
        return reason == ReasonCode.SUCCESS ? "" : " " + reason;
    }
}
