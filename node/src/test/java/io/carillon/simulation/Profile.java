package io.carillon.simulation;

import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.mqtt.packet.Will;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Who a client is, and what it wants.
 *
 * @param expirySeconds 0 for a session that ends with its connection, {@link #LASTING} for one that
 *     outlives the run; all that 3.1.1 knows is these two
 * @param willDelaySeconds or {@link #NO_WILL}
 * @param fickle true if it takes filters back and wants them again
 */
record Profile(
        String id,
        MqttVersion version,
        long expirySeconds,
        long willDelaySeconds,
        List<Wish> wishes,
        boolean fickle) {
    static final long LASTING = 100_000;
    static final long NO_WILL = -1;
    private static final int RECEIVE_MAXIMUM = 20;

    /** One subscription that a client may want. */
    record Wish(String filter, QoS qos, RetainHandling retained) {
        boolean isShared() {
            return filter.startsWith("$share/");
        }

        SubscriptionOptions options(MqttVersion version) {
            return version.hasProperties()
                    ? new SubscriptionOptions(qos, false, false, retained)
                    : SubscriptionOptions.of(qos);
        }

        /** When it has retained messages sent. */
        RetainHandling retained(MqttVersion version) {
            return options(version).retainHandling();
        }

        /** As far as the filters of these clients go. */
        boolean matches(String topic) {
            String pattern =
                    isShared()
                            ? filter.substring(filter.indexOf('/', "$share/".length()) + 1)
                            : filter;
            String[] wanted = pattern.split("/");
            String[] levels = topic.split("/");
            for (int i = 0; i < wanted.length; i++) {
                if (wanted[i].equals("#")) {
                    return true;
                }
                if (i == levels.length || !wanted[i].equals("+") && !wanted[i].equals(levels[i])) {
                    return false;
                }
            }
            return wanted.length == levels.length;
        }
    }

    boolean durable() {
        return expirySeconds > 0;
    }

    boolean lasting() {
        return expirySeconds == LASTING;
    }

    /** True if the session may be over before the client is back. */
    boolean isBrief() {
        return durable() && !lasting();
    }

    /** True for the one that counts them. */
    boolean watchesWills() {
        return wishes.stream().anyMatch(wish -> wish.filter().equals("w/#"));
    }

    boolean hasWill() {
        return willDelaySeconds != NO_WILL;
    }

    /** How long after the end of a connection its will goes out. */
    long willMillis() {
        return Math.min(willDelaySeconds, expirySeconds) * 1_000;
    }

    boolean isShared() {
        return wishes.stream().anyMatch(Wish::isShared);
    }

    Connect connect(boolean clean, String connection) {
        return new Connect(
                version,
                id,
                clean,
                0,
                hasWill() ? will(connection) : null,
                null,
                null,
                version.hasProperties()
                        ? new ConnectProperties(
                                expirySeconds,
                                RECEIVE_MAXIMUM,
                                Integer.MAX_VALUE,
                                0,
                                false,
                                true,
                                null,
                                null,
                                UserProperties.NONE)
                        : ConnectProperties.DEFAULT);
    }

    private Will will(String connection) {
        byte[] payload = connection.getBytes(StandardCharsets.UTF_8);
        return new Will(
                Message.of(Topic.of("w/will"), payload),
                QoS.EXACTLY_ONCE,
                false,
                willDelaySeconds,
                -1);
    }
}
