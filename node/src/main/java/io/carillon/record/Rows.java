package io.carillon.record;

import io.carillon.bytes.FieldReader;
import io.carillon.bytes.FieldWriter;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.mqtt.packet.Will;
import java.nio.charset.StandardCharsets;

/** The format on disk of every row: what stands behind a key. Each starts with its version. */
public final class Rows {
    private static final int RETAIN = 4;
    private static final int DURABLE = 1;
    private static final int OPENED = 2;

    private Rows() {}

    public static byte[] encode(RetainedRow retained) {
        FieldWriter row = RowFormat.begin(24 + retained.message().bytes());
        row.putByte(retained.qos().level());
        put(row, retained.message());
        return row.toBytes();
    }

    public static RetainedRow decodeRetained(byte[] value) {
        FieldReader row = RowFormat.open(value);
        QoS qos = QoS.of(row.getByte());
        return new RetainedRow(getMessage(row), qos);
    }

    public static byte[] encode(Subscription subscription) {
        SubscriptionOptions options = subscription.options();
        FieldWriter row = RowFormat.begin(16);
        row.putByte(
                options.maximumQos().level()
                        | (options.noLocal() ? 4 : 0)
                        | (options.retainAsPublished() ? 8 : 0));
        row.putByte(options.retainHandling().level());
        row.putNumber(subscription.identifier());
        return row.toBytes();
    }

    public static Subscription decodeSubscription(String filter, byte[] value) {
        FieldReader row = RowFormat.open(value);
        int flags = row.getByte();
        SubscriptionOptions options =
                new SubscriptionOptions(
                        QoS.of(flags & 3),
                        (flags & 4) != 0,
                        (flags & 8) != 0,
                        SubscriptionOptions.RetainHandling.of(row.getByte()));
        return new Subscription(TopicFilter.of(filter), options, (int) row.getNumber());
    }

    public static byte[] encode(SessionRow session) {
        FieldWriter row = RowFormat.begin(64);
        row.putText(session.clientId());
        row.putOptionalText(session.userName());
        row.putByte((session.durable() ? DURABLE : 0) | (session.opened() ? OPENED : 0));
        row.putNumber(session.expirySeconds());
        row.putNumber(session.attachment());
        row.putNumber(session.caller());
        row.putNumber(session.detachedAtMillis());
        row.putNumber(session.sentSeq());
        Will will = session.will();
        row.putByte(will == null ? 0 : 1);
        if (will != null) {
            row.putByte(will.qos().level() | (will.retain() ? RETAIN : 0));
            row.putNumber(will.delaySeconds());
            row.putNumber(will.expirySeconds() + 1);
            put(row, will.message());
        }
        return row.toBytes();
    }

    public static SessionRow decodeSession(long session, byte[] value) {
        FieldReader row = RowFormat.open(value);
        String clientId = row.getText();
        String userName = row.getOptionalText();
        int flags = row.getByte();
        long expirySeconds = row.getNumber();
        long attachment = row.getNumber();
        long caller = row.getNumber();
        long detachedAtMillis = row.getNumber();
        long sentSeq = row.getNumber();
        Will will = row.getByte() == 0 ? null : getWill(row);
        return new SessionRow(
                session,
                clientId,
                userName,
                (flags & DURABLE) != 0,
                expirySeconds,
                attachment,
                caller,
                (flags & OPENED) != 0,
                detachedAtMillis,
                will,
                sentSeq);
    }

    /** A number on its own. */
    public static byte[] encodeNumber(long number) {
        FieldWriter row = RowFormat.begin(10);
        row.putNumber(number);
        return row.toBytes();
    }

    public static long decodeNumber(byte[] value) {
        return RowFormat.open(value).getNumber();
    }

    public static byte[] encode(OriginRow origin) {
        FieldWriter row = RowFormat.begin(32);
        row.putNumber(origin.taken().newest());
        row.putNumber(origin.atMillis());
        row.putNumber(origin.taken().missing());
        return row.toBytes();
    }

    public static OriginRow decodeOrigin(byte[] value) {
        FieldReader row = RowFormat.open(value);
        long newest = row.getNumber();
        long atMillis = row.getNumber();
        return new OriginRow(new TakenNumbers(newest, row.getNumber()), atMillis);
    }

    public static byte[] encode(ShardRecord.Totals totals) {
        FieldWriter row = RowFormat.begin(20);
        row.putNumber(totals.messages());
        row.putNumber(totals.bytes());
        return row.toBytes();
    }

    public static ShardRecord.Totals decodeTotals(byte[] value) {
        FieldReader row = RowFormat.open(value);
        return new ShardRecord.Totals(row.getNumber(), row.getNumber());
    }

    private static void put(FieldWriter row, Message message) {
        row.putNumber(message.expiresAtMillis() == Message.NEVER ? 0 : message.expiresAtMillis());
        row.putBytes(message.topic().utf8());
        row.putBytes(message.properties().encoded());
        row.putRest(message.payload());
    }

    private static Will getWill(FieldReader row) {
        int flags = row.getByte();
        long delaySeconds = row.getNumber();
        long expirySeconds = row.getNumber() - 1;
        return new Will(
                getMessage(row),
                QoS.of(flags & 3),
                (flags & RETAIN) != 0,
                delaySeconds,
                expirySeconds);
    }

    private static Message getMessage(FieldReader row) {
        long expiresAt = row.getNumber();
        byte[] topic = row.getBytes();
        MessageProperties properties = MessageProperties.ofChecked(row.getBytes());
        return new Message(
                Topic.of(new String(topic, StandardCharsets.UTF_8), topic),
                row.getRest(),
                properties,
                expiresAt == 0 ? Message.NEVER : expiresAt);
    }
}
