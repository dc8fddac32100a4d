/**
 * Turns bytes into packets and packets into bytes, for MQTT 3.1, 3.1.1 and 5.0 and for both sides
 * of a connection. {@link io.carillon.mqtt.codec.PacketDecoder} and {@link
 * io.carillon.mqtt.codec.PacketEncoder} belong to one connection and its event loop; all else here
 * is theirs. What leaves the decoder is checked as far as a packet by itself can be.
 */
@NullMarked
package io.carillon.mqtt.codec;

import org.jspecify.annotations.NullMarked;
