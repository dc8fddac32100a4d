/**
 * The nodes of a cluster, the shards they share and who leads each of them. Nothing here knows what
 * an MQTT message is.
 */
@NullMarked
package io.carillon.cluster;

import org.jspecify.annotations.NullMarked;
