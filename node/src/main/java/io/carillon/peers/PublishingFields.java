package io.carillon.peers;

import io.carillon.bytes.FieldReader;
import io.carillon.bytes.FieldWriter;
import io.carillon.mqtt.packet.QoS;
import io.carillon.peers.PeerMessage.Part;
import io.carillon.peers.PeerMessage.Publishing;
import io.carillon.record.MessageFields;
import io.carillon.record.Origin;
import io.carillon.shard.Parcel.Purpose;
import io.carillon.shard.Publication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publications between nodes. */
final class PublishingFields {
    private static final int RETAIN = 4;
    private static final int ORIGIN = 16;

    private static final int MATCHING = 1;
    private static final int MEMBER = 2;
    private static final int RETAINING = 3;
    private static final int AGAIN = 8;

    private PublishingFields() {}

    static void put(FieldWriter out, Publishing publishing) {
        Publication publication = publishing.publication();
        Origin origin = publication.origin();
        out.putNumber(publishing.receipt())
                .putByte(
                        publication.qos().level()
                                | (publication.retain() ? RETAIN : 0)
                                | (origin == null ? 0 : ORIGIN))
                .putOptionalText(publication.publisherId());
        if (origin != null) {
            out.putNumber(origin.session()).putNumber(origin.number()).putFlag(origin.repeat());
        }
        if (needsAttachment(publication.qos(), publication.retain())) {
            out.putNumber(publication.attachment());
        }
        out.putNumber(publishing.parts().size());
        if (!publishing.parts().isEmpty()) {
            out.putNumber(publishing.sender());
            publishing.parts().forEach(part -> put(out, part));
        }
        MessageFields.put(out, publication.message(), null);
    }

    static Publishing get(FieldReader in) {
        long receipt = in.getNumber();
        int flags = in.getByte();
        String publisherId = in.getOptionalText();
        Origin origin =
                (flags & ORIGIN) == 0
                        ? null
                        : new Origin(in.getNumber(), in.getNumber(), in.getFlag());
        boolean attached = needsAttachment(QoS.of(flags & 3), (flags & RETAIN) != 0);
        long attachment = attached ? in.getNumber() : 0;
        int partCount = in.getCount();
        long sender = partCount == 0 ? 0 : in.getNumber();
        List<Part> parts = new ArrayList<>(partCount);
        for (int i = 0; i < partCount; i++) {
            parts.add(getPart(in));
        }
        return new Publishing(
                receipt, sender, publication(in, flags, publisherId, attachment, origin), parts);
    }

    /** What has no number, or no other one than that of its way, goes by the connection. */
    private static boolean needsAttachment(QoS qos, boolean retain) {
        return retain || !qos.acknowledged();
    }

    private static Publication publication(
            FieldReader in,
            int flags,
            @Nullable String publisherId,
            long attachment,
            @Nullable Origin origin) {
        return new Publication(
                MessageFields.get(in, null),
                QoS.of(flags & 3),
                (flags & RETAIN) != 0,
                publisherId,
                attachment,
                origin);
    }

    private static void put(FieldWriter out, Part part) {
        int again = part.again() ? AGAIN : 0;
        switch (part.purpose()) {
            case Purpose.Matching _ -> out.putByte(MATCHING | again);
            case Purpose.Member(String filter) -> out.putByte(MEMBER | again).putText(filter);
            case Purpose.Retaining _ -> out.putByte(RETAINING | again);
        }
        out.putNumber(part.shard() + 1).putNumber(part.number());
        if (part.number() != 0) {
            out.putNumber(part.number() - part.first());
        }
    }

    private static Part getPart(FieldReader in) {
        int flags = in.getByte();
        Purpose purpose =
                switch (flags & ~AGAIN) {
                    case MATCHING -> new Purpose.Matching();
                    case MEMBER -> new Purpose.Member(in.getText());
                    case RETAINING -> new Purpose.Retaining();
                    default -> throw new IllegalArgumentException("a purpose of " + flags);
                };
        int shard = (int) in.getNumber() - 1;
        long number = in.getNumber();
        long first = number == 0 ? 0 : number - in.getNumber();
        return new Part(shard, purpose, number, first, (flags & AGAIN) != 0);
    }
}
