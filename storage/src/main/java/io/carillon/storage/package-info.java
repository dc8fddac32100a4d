/**
 * Ports and values of a node's storage: named spaces of ordered keys, atomic batches, and one call
 * that makes durable whatever was written before it. Knows no MQTT word.
 */
@NullMarked
package io.carillon.storage;

import org.jspecify.annotations.NullMarked;
