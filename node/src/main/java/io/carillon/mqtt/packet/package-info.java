/**
 * MQTT control packets as immutable values: one record per packet type in one sealed family, with
 * the reason codes, topics and filters they carry. Knows nothing but {@code java.*}.
 */
@NullMarked
package io.carillon.mqtt.packet;

import org.jspecify.annotations.NullMarked;
