package io.carillon.topic;

import org.jspecify.annotations.Nullable;

/** The members elsewhere that one stand-in stands for. Immutable. */
record FarShare(Target target, int connected, int total) implements Share {
    @Override
    public int weight(boolean onlyConnected) {
        return onlyConnected ? connected : total;
    }

    @Override
    public @Nullable Target take(boolean onlyConnected, @Nullable Subscriber exclude) {
        return target.isFor(exclude) || weight(onlyConnected) == 0 ? null : target;
    }
}
