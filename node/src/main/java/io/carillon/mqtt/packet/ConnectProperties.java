package io.carillon.mqtt.packet;

import org.jspecify.annotations.Nullable;

/**
 * The properties of CONNECT with the standard's values for those left out. Source: MQTT 5.0,
 * 3.1.2.11.
 *
 * @param sessionExpirySeconds 0 to 4,294,967,295; the highest means never
 * @param receiveMaximum 1 to 65,535
 * @param maximumPacketSize in bytes, or {@link Integer#MAX_VALUE} for no limit
 * @param topicAliasMaximum 0 to 65,535
 */
public record ConnectProperties(
        long sessionExpirySeconds,
        int receiveMaximum,
        int maximumPacketSize,
        int topicAliasMaximum,
        boolean requestResponseInformation,
        boolean requestProblemInformation,
        @Nullable String authenticationMethod,
        byte @Nullable [] authenticationData,
        UserProperties userProperties) {

    /** A session that never expires [MQTT 5.0, 3.1.2.11.2]. */
    public static final long NEVER_EXPIRES = 0xFFFF_FFFFL;

    /** What a client has that sends no properties, and every 3.x client. */
    public static final ConnectProperties DEFAULT =
            new ConnectProperties(
                    0, 65_535, Integer.MAX_VALUE, 0, false, true, null, null, UserProperties.NONE);
}
