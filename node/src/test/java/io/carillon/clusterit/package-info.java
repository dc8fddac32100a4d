/**
 * The promises of a cluster, proved on three processes: on loopback, and in a network of their own
 * whose links are cut.
 */
@NullMarked
package io.carillon.clusterit;

import org.jspecify.annotations.NullMarked;
