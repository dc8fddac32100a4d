/** The values of a cluster: shards, epochs and (with the cluster) nodes. Knows no MQTT word. */
@NullMarked
package io.carillon.cluster;

import org.jspecify.annotations.NullMarked;
