package io.carillon.cluster.interest;

import io.carillon.cluster.Epoch;

/** An owner under an epoch: within it one node speaks for the owner and counts versions. */
record Reign(Owner owner, Epoch epoch) {
    @Override
    public String toString() {
        return owner + " in " + epoch.generation() + "." + epoch.term();
    }
}
