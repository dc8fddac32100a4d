/**
 * A lean MQTT client for load: frames made beforehand, packets parsed where the socket put them,
 * one write per turn of an event loop. It keeps to the protocol but serves nothing that load does
 * not need; correctness of the broker is proved elsewhere, with the broker's own codec.
 */
@NullMarked
package io.carillon.bench.client;

import org.jspecify.annotations.NullMarked;
