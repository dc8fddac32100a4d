package io.carillon.cluster.interest;

import java.util.List;

/** Hears what owners want that others speak for, so that it can be looked up. */
@FunctionalInterface
public interface WantsListener {
    /**
     * Applies the changes, in their order; on return they hold. An {@link Change.Add} of a string
     * that is known brings new attributes. What was added is removed again before its owner is
     * forgotten. At most a few thousand a call. On the loop; must not throw.
     *
     * <p>Whoever keeps a string should keep this very instance: it is kept here, too.
     */
    void changed(Owner owner, List<Change> changes);
}
