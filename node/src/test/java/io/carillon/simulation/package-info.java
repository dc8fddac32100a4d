/**
 * A whole cluster in one thread, whose chances come from a seed: the real parts of three nodes from
 * the clients' bytes to what the disks hold, and clients that keep book of what they were promised.
 * Read {@code Simulation} first.
 */
package io.carillon.simulation;
