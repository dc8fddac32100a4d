package io.carillon.peers;

import io.carillon.bytes.FieldReader;
import io.carillon.bytes.FieldWriter;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.mqtt.packet.Will;
import io.carillon.peers.SessionMessage.Attach;
import io.carillon.peers.SessionMessage.Attached;
import io.carillon.peers.SessionMessage.Close;
import io.carillon.peers.SessionMessage.Detach;
import io.carillon.peers.SessionMessage.Detached;
import io.carillon.peers.SessionMessage.Flow;
import io.carillon.peers.SessionMessage.Reattach;
import io.carillon.peers.SessionMessage.Refused;
import io.carillon.peers.SessionMessage.ToClient;
import io.carillon.peers.SessionMessage.ToSession;
import io.carillon.peers.SessionMessage.ToSubscribe;
import io.carillon.record.MessageFields;
import io.carillon.session.SubscribeCommand;
import java.util.ArrayList;
import java.util.List;

/** The bytes of {@link SessionMessage}s, with their kind in front. */
final class SessionFields {
    private static final int ATTACH = 1;
    private static final int DETACH = 2;
    private static final int TO_SUBSCRIBE = 3;
    private static final int TO_SESSION = 4;
    private static final int FLOW = 5;
    private static final int ATTACHED = 6;
    private static final int REFUSED = 7;
    private static final int TO_CLIENT = 8;
    private static final int CLOSE = 9;
    private static final int REATTACH = 32;
    private static final int DETACHED = 33;

    private static final int RETAIN = 4;

    private SessionFields() {}

    static void put(FieldWriter out, SessionMessage message) {
        out.putByte(kind(message)).putNumber(message.connection());
        switch (message) {
            case Attach attach -> put(out, attach);
            case Reattach reattach ->
                    out.putText(reattach.clientId())
                            .putOptionalText(reattach.userName())
                            .putNumber(reattach.attachment())
                            .putFlag(reattach.durable())
                            .putFlag(reattach.stored())
                            .putNumber(reattach.receiveMaximum());
            case Detach(_, boolean dropWill, long expiry) ->
                    out.putFlag(dropWill).putNumber(expiry + 1);
            case ToSubscribe(_, SubscribeCommand command) -> put(out, command);
            case ToSession(_, var packets) -> PacketFields.put(out, packets);
            case Flow(_, boolean congested) -> out.putFlag(congested);
            case Attached(_, long attachment, boolean present, boolean durable) ->
                    out.putNumber(attachment).putFlag(present).putFlag(durable);
            case Refused(_, var reason, var cause) -> out.putByte(reason.value()).putText(cause);
            case ToClient(_, var packets) -> PacketFields.put(out, packets);
            case Detached _ -> {}
            case Close(_, var reason, var cause) -> out.putByte(reason.value()).putText(cause);
        }
    }

    private static int kind(SessionMessage message) {
        return switch (message) {
            case Attach _ -> ATTACH;
            case Reattach _ -> REATTACH;
            case Detach _ -> DETACH;
            case ToSubscribe _ -> TO_SUBSCRIBE;
            case ToSession _ -> TO_SESSION;
            case Flow _ -> FLOW;
            case Attached _ -> ATTACHED;
            case Refused _ -> REFUSED;
            case ToClient _ -> TO_CLIENT;
            case Detached _ -> DETACHED;
            case Close _ -> CLOSE;
        };
    }

    /**
     * The message behind its kind.
     *
     * @throws UnreadableMessage if it is of none of these kinds
     */
    static SessionMessage get(int kind, FieldReader in) throws UnreadableMessage {
        long connection = in.getNumber();
        return switch (kind) {
            case ATTACH -> getAttach(connection, in);
            case REATTACH ->
                    new Reattach(
                            connection,
                            in.getText(),
                            in.getOptionalText(),
                            in.getNumber(),
                            in.getFlag(),
                            in.getFlag(),
                            (int) in.getNumber());
            case DETACH -> new Detach(connection, in.getFlag(), in.getNumber() - 1);
            case TO_SUBSCRIBE -> new ToSubscribe(connection, getCommand(in));
            case TO_SESSION -> new ToSession(connection, PacketFields.get(in));
            case FLOW -> new Flow(connection, in.getFlag());
            case ATTACHED -> new Attached(connection, in.getNumber(), in.getFlag(), in.getFlag());
            case REFUSED -> new Refused(connection, PacketFields.getReason(in), in.getText());
            case TO_CLIENT -> new ToClient(connection, PacketFields.get(in));
            case DETACHED -> new Detached(connection);
            case CLOSE -> new Close(connection, PacketFields.getReason(in), in.getText());
            default -> throw new UnreadableMessage("a message of kind " + kind);
        };
    }

    private static void put(FieldWriter out, Attach attach) {
        out.putText(attach.clientId())
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
        out.putNumber(attach.caller());
    }

    private static Attach getAttach(long connection, FieldReader in) {
        return new Attach(
                connection,
                in.getText(),
                in.getOptionalText(),
                in.getFlag(),
                in.getNumber(),
                (int) in.getNumber(),
                in.getFlag() ? getWill(in) : null,
                in.getNumber());
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
}
