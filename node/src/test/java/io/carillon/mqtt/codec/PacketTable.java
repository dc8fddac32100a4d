package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.MqttVersion;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one table of named packets, valid and malformed, of all versions and both directions. Feeds
 * the tests of the codec, the fuzzer's seeds, and whoever else needs a packet by name.
 */
public final class PacketTable {
    /** The time at which the packets of the table are read and written. */
    public static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

    /** Small where a limit has a case in the table. */
    public static final DecoderLimits LIMITS =
            new DecoderLimits(1_000, 10_000, 30, 300, 10, 5, 4, true);

    /** The highest topic alias, both ways. */
    public static final int TOPIC_ALIAS_MAXIMUM = 10;

    private static final List<PacketCase> ALL =
            Stream.of(
                            ConnectPackets.cases(),
                            ConnectMalformed.cases(),
                            ConnackPackets.cases(),
                            PublishPackets.cases(),
                            PublishMalformed.cases(),
                            AckPackets.cases(),
                            SubscribePackets.cases(),
                            SubackPackets.cases(),
                            OtherPackets.cases(),
                            HeaderPackets.cases())
                    .flatMap(List::stream)
                    .toList();

    private static final Map<String, PacketCase> BY_NAME =
            ALL.stream().collect(Collectors.toMap(PacketCase::name, Function.identity()));

    private PacketTable() {}

    public static List<PacketCase> all() {
        return ALL;
    }

    public static Stream<PacketCase> valid() {
        return ALL.stream().filter(PacketCase::isValid);
    }

    public static Stream<PacketCase> malformed() {
        return ALL.stream().filter(c -> !c.isValid());
    }

    /**
     * The case of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PacketCase named(String name) {
        PacketCase found = BY_NAME.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no packet named '" + name + "' in the table");
        }
        return found;
    }

    /** Takes a server's decoder past a CONNECT of that version. */
    static void connect(PacketDecoder decoder, MqttVersion version) {
        String notation =
                switch (version) {
                    case V3_1 -> "10 ( s'MQIsdp' 03 02 003C s'a' )";
                    case V3_1_1 -> "10 ( s'MQTT' 04 02 003C s'a' )";
                    case V5 -> "10 ( s'MQTT' 05 02 003C () s'a' )";
                };
        try {
            decoder.decode(Unpooled.wrappedBuffer(Notation.bytes(notation)));
        } catch (MalformedPacket e) {
            throw new AssertionError(e);
        }
    }
}
