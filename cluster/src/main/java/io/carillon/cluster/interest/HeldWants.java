package io.carillon.cluster.interest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the listener was told that another owner wants, and nothing else: each change goes to both.
 * On the loop.
 */
final class HeldWants {
    private static final int CHANGES_PER_CALL_MAX = 1_024;

    private final Surroundings here;
    private final Owner owner;
    private final WantTable table = new WantTable();

    HeldWants(Surroundings here, Owner owner) {
        this.here = here;
        this.owner = owner;
    }

    /** Strings will come in the order of their hashes, up to so many in all. */
    void reserve(long strings) {
        table.reserve(strings);
    }

    void trim() {
        table.trim();
    }

    /** To be read only. */
    WantTable table() {
        return table;
    }

    /** Applies what is news, in calls of bounded size. */
    void apply(List<? extends Change> changes) {
        for (int from = 0; from < changes.size(); from += CHANGES_PER_CALL_MAX) {
            applyOnce(changes.subList(from, Math.min(changes.size(), from + CHANGES_PER_CALL_MAX)));
        }
    }

    /** Makes the range hold just these. */
    void replace(Range range, List<Change.Add> wants) {
        Set<String> wanted = HashSet.newHashSet(wants.size());
        wants.forEach(each -> wanted.add(each.string()));
        List<Change> changes = new ArrayList<>(wants);
        for (Change.Add each : table.wants(range)) {
            if (!wanted.contains(each.string())) {
                changes.add(new Change.Remove(each.string()));
            }
        }
        apply(changes);
    }

    /** Makes everything be as in the other table. */
    void become(WantTable other) {
        table.reserve(other.size());
        List<Change> changes = new ArrayList<>(other.wants(Range.ALL));
        for (Change.Add each : table.wants(Range.ALL)) {
            if (!other.contains(here.hash().of(each.string()), each.string())) {
                changes.add(new Change.Remove(each.string()));
            }
        }
        apply(changes);
    }

    /** Adds those of the other table whose string is missing. */
    void addMissing(WantTable other) {
        table.reserve(other.size());
        List<Change.Add> missing = new ArrayList<>();
        for (Change.Add each : other.wants(Range.ALL)) {
            if (!table.contains(here.hash().of(each.string()), each.string())) {
                missing.add(each);
            }
        }
        apply(missing);
    }

    private void applyOnce(List<? extends Change> changes) {
        List<Change> news = new ArrayList<>(changes.size());
        for (Change each : changes) {
            long hash = here.hash().of(each.string());
            boolean isNew =
                    switch (each) {
                        case Change.Add add -> table.put(hash, add.string(), add.attributes());
                        case Change.Remove remove -> table.remove(hash, remove.string());
                    };
            if (isNew) {
                news.add(each);
            }
        }
        if (!news.isEmpty()) {
            here.counters().changesApplied += news.size();
            here.listener().changed(owner, news);
        }
    }
}
