package io.carillon.simulation;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What may be retained, by what was published. */
final class RetainedState {
    private final Ledger ledger;

    RetainedState(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A message that was accepted before that time and should be retained in place of what is, or
     * null if all is as it should be.
     *
     * @param there the number of what is retained, or null if nothing is
     */
    Ledger.@Nullable Sent passedOver(String topic, @Nullable Integer there, long beforeMillis) {
        List<Ledger.Sent> accepted =
                of(topic, each -> each.isAccepted() && each.acceptedMillis < beforeMillis);
        if (there != null) {
            return replaces(accepted, ledger.sent.get(there));
        }
        if (accepted.isEmpty()) {
            return null;
        }
        for (Ledger.Sent clear : of(topic, each -> each.kind == Ledger.Kind.CLEAR)) {
            if (replaces(accepted, clear) == null) {
                return null;
            }
        }
        return accepted.getLast();
    }

    private List<Ledger.Sent> of(String topic, Predicate<Ledger.Sent> which) {
        return ledger.sent.stream()
                .filter(each -> each.isRetained() && each.topic.equals(topic) && which.test(each))
                .toList();
    }

    private static Ledger.@Nullable Sent replaces(List<Ledger.Sent> those, Ledger.Sent there) {
        return those.stream().filter(each -> each.mustReplace(there)).findFirst().orElse(null);
    }

    /** The topics that were ever to be retained. */
    List<String> topics() {
        return ledger.sent.stream()
                .filter(Ledger.Sent::isRetained)
                .map(each -> each.topic)
                .distinct()
                .toList();
    }
}
