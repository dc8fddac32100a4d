/**
 * A shard's log and its ordered state, as ports and values. Nothing here knows what an MQTT message
 * is, and nothing here names the engine that keeps the bytes.
 */
@NullMarked
package io.carillon.storage;

import org.jspecify.annotations.NullMarked;
