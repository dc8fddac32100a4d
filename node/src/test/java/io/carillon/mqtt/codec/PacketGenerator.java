package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Auth;
import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.ConnackProperties;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MessageProperties;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Pingresp;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.mqtt.packet.Will;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Random packets that one side of one version may send. */
final class PacketGenerator {
    private static final int[] CHARACTERS = {
        'a', 'z', '0', ' ', '/', '$', 0x01, 0x7F, 0x80, 0xE9, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFEFF,
        0xFFFD, 0x1F600, 0x10FFFF
    };

    private final RandomGenerator random;
    private final MqttVersion version;
    private final Side sender;

    PacketGenerator(RandomGenerator random, MqttVersion version, Side sender) {
        this.random = random;
        this.version = version;
        this.sender = sender;
    }

    /** Any packet but CONNECT, with which a connection starts. */
    Packet next() {
        List<Supplier<Packet>> kinds = new ArrayList<>();
        kinds.add(this::publish);
        kinds.add(this::publish);
        kinds.add(this::ack);
        kinds.add(this::ack);
        if (sender == Side.CLIENT) {
            kinds.add(this::subscribe);
            kinds.add(() -> new Unsubscribe(id(), filters(), users()));
            kinds.add(Pingreq::new);
            kinds.add(this::disconnect);
        } else {
            kinds.add(this::connack);
            kinds.add(this::suback);
            kinds.add(this::unsuback);
            kinds.add(Pingresp::new);
        }
        if (version.hasProperties()) {
            kinds.add(this::disconnect);
            kinds.add(this::auth);
        }
        return pick(kinds).get();
    }

    Connect connect() {
        boolean user = random.nextBoolean();
        String clientId = version == MqttVersion.V5 ? text(20) : "c" + text(20);
        return new Connect(
                version,
                clientId,
                random.nextBoolean(),
                random.nextInt(65_536),
                random.nextBoolean() ? will() : null,
                user ? text(20) : null,
                random.nextBoolean() && (user || version.hasProperties()) ? bytes(20) : null,
                version.hasProperties() ? connectProperties() : ConnectProperties.DEFAULT);
    }

    private ConnectProperties connectProperties() {
        String method = orNull(text(5));
        return new ConnectProperties(
                random.nextLong(1L << 32),
                random.nextInt(1, 65_536),
                random.nextInt(1, Integer.MAX_VALUE),
                random.nextInt(65_536),
                random.nextBoolean(),
                random.nextBoolean(),
                method,
                method == null ? null : bytes(10),
                users());
    }

    private Will will() {
        Message message = new Message(topic(), bytes(50), properties(), Message.NEVER);
        boolean v5 = version.hasProperties();
        return new Will(
                message,
                pick(List.of(QoS.values())),
                random.nextBoolean(),
                v5 ? random.nextLong(1L << 32) : 0,
                v5 && random.nextBoolean() ? random.nextLong(1L << 32) : -1);
    }

    private Publish publish() {
        QoS qos = pick(List.of(QoS.values()));
        boolean v5 = version.hasProperties();
        long expiresAt = Message.NEVER;
        if (v5 && random.nextBoolean()) {
            expiresAt = PacketTable.CLOCK.millis() + random.nextLong(1L << 32) * 1000;
        }
        int[] identifiers = Publish.NO_IDENTIFIERS;
        if (v5 && sender == Side.SERVER) {
            identifiers = random.ints(random.nextInt(4), 1, 1 << 28).toArray();
        }
        return new Publish(
                new Message(topic(), bytes(random.nextInt(200)), properties(), expiresAt),
                qos,
                random.nextBoolean(),
                qos.acknowledged() && random.nextBoolean(),
                qos.acknowledged() ? id() : 0,
                identifiers,
                0);
    }

    private MessageProperties properties() {
        if (!version.hasProperties()) {
            return MessageProperties.NONE;
        }
        PropertyWriter out = new PropertyWriter();
        if (random.nextBoolean()) {
            out.bytes().u8(PropertyId.PAYLOAD_FORMAT).u8(0);
        }
        out.users(users());
        out.string(PropertyId.CONTENT_TYPE, orNull(text(10)));
        out.string(PropertyId.RESPONSE_TOPIC, orNull("r" + text(10)));
        out.binary(PropertyId.CORRELATION_DATA, orNull(bytes(10)));
        byte[] bytes = new byte[out.length()];
        out.bytes().copyTo(Unpooled.wrappedBuffer(bytes).clear());
        return MessageProperties.ofChecked(bytes);
    }

    private Packet ack() {
        ReasonCode first = reason(ReasonCode.SUCCESS, ReasonCode.QUOTA_EXCEEDED);
        ReasonCode second = reason(ReasonCode.SUCCESS, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
        return switch (random.nextInt(4)) {
            case 0 -> new Puback(id(), first, explanation(), users());
            case 1 -> new Pubrec(id(), first, explanation(), users());
            case 2 -> new Pubrel(id(), second, explanation(), users());
            default -> new Pubcomp(id(), second, explanation(), users());
        };
    }

    private Packet subscribe() {
        List<Subscribe.Request> requests =
                filters().stream().map(f -> new Subscribe.Request(f, options())).toList();
        int identifier = version.hasProperties() ? random.nextInt(1 << 28) : 0;
        return new Subscribe(id(), requests, identifier, users());
    }

    private SubscriptionOptions options() {
        QoS qos = pick(List.of(QoS.values()));
        if (!version.hasProperties()) {
            return SubscriptionOptions.of(qos);
        }
        return new SubscriptionOptions(
                qos,
                random.nextBoolean(),
                random.nextBoolean(),
                pick(List.of(RetainHandling.values())));
    }

    private Packet suback() {
        ReasonCode refusal =
                version.hasProperties()
                        ? ReasonCode.TOPIC_FILTER_INVALID
                        : ReasonCode.UNSPECIFIED_ERROR;
        List<ReasonCode> codes =
                version == MqttVersion.V3_1
                        ? List.of(ReasonCode.SUCCESS, ReasonCode.GRANTED_QOS_1)
                        : List.of(ReasonCode.SUCCESS, ReasonCode.GRANTED_QOS_2, refusal);
        return new Suback(id(), listOf(() -> pick(codes)), explanation(), users());
    }

    private Packet unsuback() {
        if (!version.hasProperties()) {
            return new Unsuback(id(), List.of());
        }
        List<ReasonCode> codes = List.of(ReasonCode.SUCCESS, ReasonCode.NO_SUBSCRIPTION_EXISTED);
        return new Unsuback(id(), listOf(() -> pick(codes)), explanation(), users());
    }

    private Packet connack() {
        if (!version.hasProperties()) {
            ReasonCode reason = pick(List.of(ReasonCode.SUCCESS, ReasonCode.NOT_AUTHORIZED));
            boolean present =
                    version == MqttVersion.V3_1_1 && !reason.isError() && random.nextBoolean();
            return new Connack(present, reason, ConnackProperties.DEFAULT);
        }
        ConnackProperties properties =
                ConnackProperties.builder()
                        .sessionExpirySeconds(orNull(random.nextLong(1L << 32)))
                        .receiveMaximum(random.nextInt(1, 65_536))
                        .maximumQos(pick(List.of(QoS.values())))
                        .retainAvailable(random.nextBoolean())
                        .maximumPacketSize(random.nextInt(1, Integer.MAX_VALUE))
                        .assignedClientId(orNull(text(10)))
                        .topicAliasMaximum(random.nextInt(65_536))
                        .reasonString(orNull(text(10)))
                        .userProperties(users())
                        .wildcardSubscriptionAvailable(random.nextBoolean())
                        .subscriptionIdentifiersAvailable(random.nextBoolean())
                        .sharedSubscriptionAvailable(random.nextBoolean())
                        .serverKeepAliveSeconds(orNull(random.nextInt(65_536)))
                        .responseInformation(orNull(text(10)))
                        .serverReference(orNull(text(10)))
                        .authenticationMethod(orNull(text(10)))
                        .authenticationData(orNull(bytes(10)))
                        .build();
        return new Connack(random.nextBoolean(), ReasonCode.SUCCESS, properties);
    }

    private Packet disconnect() {
        if (!version.hasProperties()) {
            return new Disconnect(ReasonCode.SUCCESS, null);
        }
        boolean client = sender == Side.CLIENT;
        return new Disconnect(
                reason(ReasonCode.SUCCESS, ReasonCode.PROTOCOL_ERROR),
                client && random.nextBoolean() ? random.nextLong(1L << 32) : -1,
                explanation(),
                users(),
                client ? null : orNull(text(10)));
    }

    private Packet auth() {
        ReasonCode reason = ReasonCode.CONTINUE_AUTHENTICATION;
        return new Auth(reason, text(10), orNull(bytes(10)), explanation(), users());
    }

    private ReasonCode reason(ReasonCode... codes) {
        return version.hasProperties() ? pick(List.of(codes)) : ReasonCode.SUCCESS;
    }

    private String explanation() {
        return version.hasProperties() ? orNull(text(20)) : null;
    }

    private UserProperties users() {
        if (!version.hasProperties() || random.nextBoolean()) {
            return UserProperties.NONE;
        }
        return new UserProperties(listOf(() -> new UserProperties.Pair(text(5), text(5))));
    }

    private List<String> filters() {
        return listOf(() -> pick(List.of("#", "+/a", "a/" + text(10))));
    }

    private Topic topic() {
        return Topic.of("t" + text(random.nextInt(5) == 0 ? 60 : 5).replace('/', '-'));
    }

    private int id() {
        return random.nextInt(1, 65_536);
    }

    private <T> List<T> listOf(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        int size = random.nextInt(1, 5);
        for (int i = 0; i < size; i++) {
            list.add(element.get());
        }
        return list;
    }

    private String text(int charactersMax) {
        StringBuilder text = new StringBuilder();
        int characters = random.nextInt(charactersMax / 4 + 1);
        for (int i = 0; i < characters; i++) {
            text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    private byte[] bytes(int lengthMax) {
        byte[] bytes = new byte[random.nextInt(lengthMax + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T orNull(T value) {
        return random.nextBoolean() ? value : null;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
