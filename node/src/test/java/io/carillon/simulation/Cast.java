package io.carillon.simulation;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who is there: a few that stand for each promise, with some of each version of the protocol and
 * wills of any delay.
 */
final class Cast {
    private static final int OLD_PERCENT = 40;
    private static final int WILL_DELAY_SECONDS_MAX = 4;

    private final World world;

    Cast(World world) {
        this.world = world;
    }

    /** Subscribers that are there from the beginning. */
    List<Profile> subscribers() {
        return List.of(
                lasting("all", true, "t/#"),
                lasting("one", true, "t/1"),
                lasting("wide", false, "+/1"),
                lasting("wills", false, "w/#"),
                lasting("left", true, "$share/g/t/#"),
                lasting("right", false, "$share/g/t/#"),
                fickle("comer", Profile.LASTING, "$share/g/t/#"),
                fickle("maybe", Profile.LASTING, "t/#", "t/1", "+/1", "t/+", "r/+"),
                fickle("perhaps", 0, "t/#", "t/2", "+/2", "#", "r/#"),
                brief("brief", "t/#", "r/0"),
                brief("short", "+/0"),
                passing("now", true, "t/#"),
                passing("then", false, "+/0"),
                passing("mine", false, "$share/h/t/#"),
                passing("yours", true, "$share/h/t/#"));
    }

    /** The publisher of a topic that is retained, or of the others. */
    Profile publisher(String id, boolean durable) {
        return of(id, version(), durable ? Profile.LASTING : 0, true, List.of(), false);
    }

    /** A durable subscriber of what nobody wants before. */
    Profile latecomer(String id) {
        return lasting(id, false, "u/#");
    }

    /** Who comes again and again to see what is retained. */
    List<Profile> lookers() {
        return List.of(witness("looks0", "r/#"), witness("looks1", "r/+"));
    }

    /** Who asks for what is retained, and for nothing else. */
    Profile witness(String id, String... filters) {
        return of(id, version(), 0, false, wishes(RetainHandling.ALWAYS, filters), false);
    }

    private Profile lasting(String id, boolean will, String... filters) {
        return of(id, version(), Profile.LASTING, will, plain(filters), false);
    }

    private Profile passing(String id, boolean will, String... filters) {
        return of(id, version(), 0, will, plain(filters), false);
    }

    private Profile fickle(String id, long expirySeconds, String... filters) {
        return of(id, version(), expirySeconds, world.chance(50), any(filters), true);
    }

    /** One whose session may expire before it is back. */
    private Profile brief(String id, String... filters) {
        return of(id, MqttVersion.V5, 1 + world.upTo(3), true, any(filters), true);
    }

    private Profile of(
            String id,
            MqttVersion version,
            long expirySeconds,
            boolean will,
            List<Profile.Wish> wishes,
            boolean fickle) {
        long delaySeconds =
                version.hasProperties() && world.chance(60)
                        ? world.upTo(WILL_DELAY_SECONDS_MAX + 1)
                        : 0;
        return new Profile(
                id, version, expirySeconds, will ? delaySeconds : Profile.NO_WILL, wishes, fickle);
    }

    private MqttVersion version() {
        return world.chance(OLD_PERCENT) ? MqttVersion.V3_1_1 : MqttVersion.V5;
    }

    private static List<Profile.Wish> plain(String... filters) {
        return wishes(RetainHandling.NEVER, filters);
    }

    private static List<Profile.Wish> wishes(RetainHandling retained, String... filters) {
        return Stream.of(filters)
                .map(filter -> new Profile.Wish(filter, QoS.EXACTLY_ONCE, retained))
                .toList();
    }

    private List<Profile.Wish> any(String... filters) {
        return Stream.of(filters)
                .map(
                        filter ->
                                new Profile.Wish(
                                        filter,
                                        QoS.of(1 + world.upTo(2)),
                                        RetainHandling.of(world.upTo(3))))
                .toList();
    }
}
