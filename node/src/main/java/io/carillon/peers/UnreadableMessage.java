package io.carillon.peers;

/** A message of another node that this release cannot read. */
public final class UnreadableMessage extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableMessage(String what) {
        super(
                "another node sent "
                        + what
                        + ", which this release cannot read: run the same release on all nodes, or two"
                        + " that follow each other");
    }
}
