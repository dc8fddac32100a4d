package io.carillon.peers;

import io.carillon.bytes.FieldReader;
import io.carillon.bytes.FieldWriter;
import io.carillon.mqtt.packet.InvalidTopic;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.mqtt.packet.Will;
import io.carillon.peers.PeerMessage.AskRetained;
import io.carillon.peers.PeerMessage.Attach;
import io.carillon.peers.PeerMessage.Attached;
import io.carillon.peers.PeerMessage.Close;
import io.carillon.peers.PeerMessage.Detach;
import io.carillon.peers.PeerMessage.Flow;
import io.carillon.peers.PeerMessage.Pick;
import io.carillon.peers.PeerMessage.Publishing;
import io.carillon.peers.PeerMessage.Refused;
import io.carillon.peers.PeerMessage.RetainedRows;
import io.carillon.peers.PeerMessage.Stored;
import io.carillon.peers.PeerMessage.ToClient;
import io.carillon.peers.PeerMessage.ToSession;
import io.carillon.peers.PeerMessage.ToSubscribe;
import io.carillon.record.MessageFields;
import io.carillon.record.Origin;
import io.carillon.record.RetainedRow;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.Publication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of messages between nodes. The first is the kind of message; a release that changes a
 * kind gives it a new number and goes on reading the old one. Any thread.
 */
public final class PeerCodec {
    private static final int ATTACH = 1;
    private static final int DETACH = 2;
    private static final int TO_SUBSCRIBE = 3;
    private static final int TO_SESSION = 4;
    private static final int FLOW = 5;
    private static final int ATTACHED = 6;
    private static final int REFUSED = 7;
    private static final int TO_CLIENT = 8;
    private static final int CLOSE = 9;
    private static final int PUBLISHING = 10;
    private static final int STORED = 11;
    private static final int ASK_RETAINED = 12;
    private static final int RETAINED_ROWS = 13;

    private static final int SMALL_BYTES = 64;

    private static final int RETAIN = 4;
    private static final int TRANSIENTS = 8;
    private static final int RETAINED = 16;

    private PeerCodec() {}

    public static byte[] encode(PeerMessage message) {
        FieldWriter out = new FieldWriter(SMALL_BYTES);
        switch (message) {
            case Attach attach -> put(out.putByte(ATTACH), attach);
            case Detach(var clientId, long attachment, boolean dropWill, long expiry) ->
                    out.putByte(DETACH)
                            .putText(clientId)
                            .putNumber(attachment)
                            .putFlag(dropWill)
                            .putNumber(expiry + 1);
            case ToSubscribe(var clientId, long attachment, var command) -> {
                out.putByte(TO_SUBSCRIBE).putText(clientId).putNumber(attachment);
                put(out, command);
            }
            case ToSession(var clientId, long attachment, var packets) -> {
                out.putByte(TO_SESSION).putText(clientId).putNumber(attachment);
                PacketFields.put(out, packets);
            }
            case Flow(var clientId, long attachment, boolean congested) ->
                    out.putByte(FLOW).putText(clientId).putNumber(attachment).putFlag(congested);
            case Attached(long connection, long attachment, boolean present, boolean durable) ->
                    out.putByte(ATTACHED)
                            .putNumber(connection)
                            .putNumber(attachment)
                            .putFlag(present)
                            .putFlag(durable);
            case Refused(long connection, var reason, var cause) ->
                    out.putByte(REFUSED)
                            .putNumber(connection)
                            .putByte(reason.value())
                            .putText(cause);
            case ToClient(long connection, var packets) -> {
                out.putByte(TO_CLIENT).putNumber(connection);
                PacketFields.put(out, packets);
            }
            case Close(long connection, var reason, var cause) ->
                    out.putByte(CLOSE).putNumber(connection).putByte(reason.value()).putText(cause);
            case Publishing publishing -> put(out.putByte(PUBLISHING), publishing);
            case Stored(long receipt, var outcome, var elsewhere) ->
                    put(out.putByte(STORED).putNumber(receipt).putByte(outcome.value()), elsewhere);
            case AskRetained(var filter, var shards, var after) ->
                    put(out.putByte(ASK_RETAINED).putText(filter).putOptionalText(after), shards);
            case RetainedRows rows -> put(out.putByte(RETAINED_ROWS), rows);
        }
        return out.toBytes();
    }

    /**
     * The message of these bytes.
     *
     * @throws UnreadableMessage if they are of a kind that this release does not know, or damaged
     */
    public static PeerMessage decode(byte[] bytes) throws UnreadableMessage {
        try {
            FieldReader in = new FieldReader(bytes, Damaged::new);
            PeerMessage message = get(in.getByte(), in);
            if (!in.atEnd()) {
                throw new UnreadableMessage("a message with more behind it");
            }
            return message;
        } catch (Damaged | IllegalArgumentException | InvalidTopic e) {
            throw new UnreadableMessage("a damaged message (" + e.getMessage() + ")");
        }
    }

    private static PeerMessage get(int kind, FieldReader in) throws UnreadableMessage {
        return switch (kind) {
            case ATTACH -> getAttach(in);
            case DETACH ->
                    new Detach(in.getText(), in.getNumber(), in.getFlag(), in.getNumber() - 1);
            case TO_SUBSCRIBE -> new ToSubscribe(in.getText(), in.getNumber(), getCommand(in));
            case TO_SESSION -> new ToSession(in.getText(), in.getNumber(), PacketFields.get(in));
            case FLOW -> new Flow(in.getText(), in.getNumber(), in.getFlag());
            case ATTACHED ->
                    new Attached(in.getNumber(), in.getNumber(), in.getFlag(), in.getFlag());
            case REFUSED -> new Refused(in.getNumber(), PacketFields.getReason(in), in.getText());
            case TO_CLIENT -> new ToClient(in.getNumber(), PacketFields.get(in));
            case CLOSE -> new Close(in.getNumber(), PacketFields.getReason(in), in.getText());
            case PUBLISHING -> getPublishing(in);
            case STORED -> new Stored(in.getNumber(), PacketFields.getReason(in), getNumbers(in));
            case ASK_RETAINED -> getAskRetained(in);
            case RETAINED_ROWS -> getRetainedRows(in);
            default -> throw new UnreadableMessage("a message of kind " + kind);
        };
    }

    private static void put(FieldWriter out, Attach attach) {
        out.putNumber(attach.connection())
                .putText(attach.clientId())
                .putOptionalText(attach.userName())
                .putFlag(attach.cleanStart())
                .putNumber(attach.sessionExpirySeconds())
                .putNumber(attach.receiveMaximum());
        Will will = attach.will();
        out.putFlag(will != null);
        if (will != null) {
            out.putByte(will.qos().level() | (will.retain() ? RETAIN : 0))
                    .putNumber(will.delaySeconds())
                    .putNumber(will.expirySeconds() + 1);
            MessageFields.put(out, will.message(), null);
        }
    }

    private static Attach getAttach(FieldReader in) {
        return new Attach(
                in.getNumber(),
                in.getText(),
                in.getOptionalText(),
                in.getFlag(),
                in.getNumber(),
                (int) in.getNumber(),
                in.getFlag() ? getWill(in) : null);
    }

    private static Will getWill(FieldReader in) {
        int flags = in.getByte();
        long delaySeconds = in.getNumber();
        long expirySeconds = in.getNumber() - 1;
        return new Will(
                MessageFields.get(in, null),
                QoS.of(flags & 3),
                (flags & RETAIN) != 0,
                delaySeconds,
                expirySeconds);
    }

    private static void put(FieldWriter out, SubscribeCommand command) {
        out.putNumber(command.packetId()).putNumber(command.items().size());
        for (SubscribeCommand.Item item : command.items()) {
            switch (item) {
                case SubscribeCommand.Granted(Subscription subscription) -> {
                    SubscriptionOptions options = subscription.options();
                    out.putFlag(true)
                            .putText(subscription.filter().text())
                            .putByte(options.maximumQos().level())
                            .putFlag(options.noLocal())
                            .putFlag(options.retainAsPublished())
                            .putByte(options.retainHandling().level())
                            .putNumber(subscription.identifier());
                }
                case SubscribeCommand.Refused(var reason) ->
                        out.putFlag(false).putByte(reason.value());
            }
        }
    }

    private static SubscribeCommand getCommand(FieldReader in) throws UnreadableMessage {
        int packetId = (int) in.getNumber();
        int count = in.getCount();
        List<SubscribeCommand.Item> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(
                    in.getFlag()
                            ? new SubscribeCommand.Granted(getSubscription(in))
                            : new SubscribeCommand.Refused(PacketFields.getReason(in)));
        }
        return new SubscribeCommand(packetId, items);
    }

    private static Subscription getSubscription(FieldReader in) {
        TopicFilter filter = TopicFilter.of(in.getText());
        SubscriptionOptions options =
                new SubscriptionOptions(
                        QoS.of(in.getByte()),
                        in.getFlag(),
                        in.getFlag(),
                        SubscriptionOptions.RetainHandling.of(in.getByte()));
        return new Subscription(filter, options, (int) in.getNumber());
    }

    private static void put(FieldWriter out, Publishing publishing) {
        Publication publication = publishing.publication();
        out.putNumber(publishing.receipt())
                .putByte(
                        publication.qos().level()
                                | (publication.retain() ? RETAIN : 0)
                                | (publishing.transients() ? TRANSIENTS : 0)
                                | (publishing.retained() ? RETAINED : 0))
                .putOptionalText(publication.publisherId());
        Origin origin = publication.origin();
        out.putFlag(origin != null);
        if (origin != null) {
            out.putNumber(origin.session()).putNumber(origin.number()).putFlag(origin.repeat());
        }
        put(out, publishing.shards());
        out.putNumber(publishing.members().size());
        for (Pick pick : publishing.members()) {
            out.putText(pick.sharedFilter()).putNumber(pick.shard() + 1);
        }
        MessageFields.put(out, publication.message(), null);
    }

    private static Publishing getPublishing(FieldReader in) {
        long receipt = in.getNumber();
        int flags = in.getByte();
        String publisherId = in.getOptionalText();
        Origin origin = in.getFlag() ? getOrigin(in) : null;
        List<Integer> shards = getNumbers(in);
        int pickCount = in.getCount();
        List<Pick> members = new ArrayList<>(pickCount);
        for (int i = 0; i < pickCount; i++) {
            members.add(new Pick(in.getText(), (int) in.getNumber() - 1));
        }
        Publication publication =
                new Publication(
                        MessageFields.get(in, null),
                        QoS.of(flags & 3),
                        (flags & RETAIN) != 0,
                        publisherId,
                        origin);
        return new Publishing(
                receipt,
                publication,
                shards,
                (flags & TRANSIENTS) != 0,
                members,
                (flags & RETAINED) != 0);
    }

    private static AskRetained getAskRetained(FieldReader in) {
        String filter = in.getText();
        String after = in.getOptionalText();
        return new AskRetained(filter, getNumbers(in), after);
    }

    private static void put(FieldWriter out, RetainedRows page) {
        out.putOptionalText(page.after());
        put(out, page.shards());
        out.putNumber(page.rows().size());
        Topic before = null;
        for (RetainedRow row : page.rows()) {
            out.putByte(row.qos().level());
            MessageFields.put(out, row.message(), before);
            before = row.message().topic();
        }
    }

    private static RetainedRows getRetainedRows(FieldReader in) {
        String after = in.getOptionalText();
        List<Integer> shards = getNumbers(in);
        int count = in.getCount();
        List<RetainedRow> rows = new ArrayList<>(count);
        Topic before = null;
        for (int i = 0; i < count; i++) {
            QoS qos = QoS.of(in.getByte());
            Message message = MessageFields.get(in, before);
            before = message.topic();
            rows.add(new RetainedRow(message, qos));
        }
        return new RetainedRows(rows, shards, after);
    }

    private static void put(FieldWriter out, List<Integer> numbers) {
        out.putNumber(numbers.size());
        numbers.forEach(out::putNumber);
    }

    private static List<Integer> getNumbers(FieldReader in) {
        int count = in.getCount();
        List<Integer> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add((int) in.getNumber());
        }
        return numbers;
    }

    private static @Nullable Origin getOrigin(FieldReader in) {
        return new Origin(in.getNumber(), in.getNumber(), in.getFlag());
    }

    /** Bytes that cannot be the fields of a message. */
    private static final class Damaged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Damaged() {
            super("fields are missing", null, false, false);
        }
    }
}
