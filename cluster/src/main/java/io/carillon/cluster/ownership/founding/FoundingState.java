package io.carillon.cluster.ownership.founding;

/** How far a node is with the founding of its cluster. */
public sealed interface FoundingState {

    /**
     * Not founded yet, as far as this node knows.
     *
     * @param reason what it waits for, for people
     */
    record Waiting(String reason) implements FoundingState {}

    /** The charter is in force; for ever. */
    record Founded(Charter charter) implements FoundingState {}

    /**
     * This node can't be of this cluster, until a person changes something.
     *
     * @param reason with what to do
     */
    record Refused(String reason) implements FoundingState {}
}
