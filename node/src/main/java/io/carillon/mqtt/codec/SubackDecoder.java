package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Unsuback;
import java.util.ArrayList;
import java.util.List;

/** Decodes SUBACK and UNSUBACK. Source: MQTT 5.0, 3.9 and 3.11. */
final class SubackDecoder {
    private final BodyReader body;
    private final ReasonProperties properties;

    SubackDecoder(BodyReader body, ReasonProperties properties) {
        this.body = body;
        this.properties = properties;
    }

    Suback suback() throws MalformedPacket {
        int id = body.packetId();
        readProperties();
        List<ReasonCode> reasons = reasons(body.isV5() ? ReasonTable.SUBACK : ReasonTable.SUBACK_3);
        return new Suback(id, reasons, properties.reasonString(), properties.users());
    }

    /** Has no reason code before 5.0. */
    Unsuback unsuback() throws MalformedPacket {
        int id = body.packetId();
        readProperties();
        if (!body.isV5()) {
            body.expectEnd();
            return new Unsuback(id, List.of());
        }
        List<ReasonCode> reasons = reasons(ReasonTable.UNSUBACK);
        return new Unsuback(id, reasons, properties.reasonString(), properties.users());
    }

    private void readProperties() throws MalformedPacket {
        properties.clear();
        if (body.isV5()) {
            properties.read(PropertyId.IN_ACK);
        }
    }

    private List<ReasonCode> reasons(ReasonTable allowed) throws MalformedPacket {
        List<ReasonCode> reasons = new ArrayList<>(body.remaining());
        while (body.remaining() > 0) {
            reasons.add(allowed.read(body));
        }
        if (reasons.isEmpty()) {
            throw body.malformed(Malformation.NO_REASON);
        }
        return reasons;
    }
}
