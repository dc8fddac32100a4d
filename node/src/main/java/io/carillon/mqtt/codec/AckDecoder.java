package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.ReasonCode;

/**
 * Decodes PUBACK, PUBREC, PUBREL and PUBCOMP, which have one shape. In 5.0 the reason code and the
 * properties may be left out: success then. Source: MQTT 5.0, 3.4 to 3.7.
 */
final class AckDecoder {
    private final BodyReader body;
    private final ReasonProperties properties;

    AckDecoder(BodyReader body, ReasonProperties properties) {
        this.body = body;
        this.properties = properties;
    }

    Puback puback() throws MalformedPacket {
        int id = body.packetId();
        ReasonCode reason = rest(ReasonTable.PUBACK);
        return new Puback(id, reason, properties.reasonString(), properties.users());
    }

    Pubrec pubrec() throws MalformedPacket {
        int id = body.packetId();
        ReasonCode reason = rest(ReasonTable.PUBACK);
        return new Pubrec(id, reason, properties.reasonString(), properties.users());
    }

    Pubrel pubrel() throws MalformedPacket {
        int id = body.packetId();
        ReasonCode reason = rest(ReasonTable.PUBREL);
        return new Pubrel(id, reason, properties.reasonString(), properties.users());
    }

    Pubcomp pubcomp() throws MalformedPacket {
        int id = body.packetId();
        ReasonCode reason = rest(ReasonTable.PUBREL);
        return new Pubcomp(id, reason, properties.reasonString(), properties.users());
    }

    private ReasonCode rest(ReasonTable allowed) throws MalformedPacket {
        properties.clear();
        if (!body.isV5() || body.remaining() == 0) {
            body.expectEnd();
            return ReasonCode.SUCCESS;
        }
        ReasonCode reason = allowed.read(body);
        if (body.remaining() > 0) {
            properties.read(PropertyId.IN_ACK);
        }
        body.expectEnd();
        return reason;
    }
}
