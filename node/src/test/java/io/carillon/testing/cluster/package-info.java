/**
 * Clusters of processes: nodes of the distribution, each at an address of its own, on loopback or
 * in a network of their own whose links can be cut.
 */
@NullMarked
package io.carillon.testing.cluster;

import org.jspecify.annotations.NullMarked;
