package io.carillon.topic;

/**
 * The targets of a message that one loop owns: what is handed to that loop as one task. Immutable.
 *
 * @param lane the index of the loop
 * @param targets at least one
 */
public record LaneTargets(int lane, Targets targets) {}
