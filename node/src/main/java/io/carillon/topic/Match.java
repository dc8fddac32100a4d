package io.carillon.topic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message is for: the targets of each lane, and the shared groups of which one member each
 * gets it. A client that is both gets it for both. Immutable, groups' members aside.
 */
public final class Match {
    private static final LaneTargets[] NO_LANES = {};
    private static final SharedGroup[] NO_GROUPS = {};

    /** Nobody. */
    public static final Match NONE = new Match(NO_LANES, NO_GROUPS);

    private final LaneTargets[] lanes;
    private final SharedGroup[] groups;

    private Match(LaneTargets[] lanes, SharedGroup[] groups) {
        this.lanes = lanes;
        this.groups = groups;
    }

    static Match of(Target target) {
        LaneTargets lane = new LaneTargets(target.subscriber().lane(), Targets.of(target));
        return new Match(new LaneTargets[] {lane}, NO_GROUPS);
    }

    public boolean isEmpty() {
        return lanes.length == 0 && groups.length == 0;
    }

    /** One entry per lane with targets, in no order; never to be written to. */
    public LaneTargets[] lanes() {
        return lanes;
    }

    /** The targets of one lane, perhaps none. */
    public Targets targets(int lane) {
        int index = indexOf(lane);
        return index < 0 ? Targets.NONE : lanes[index].targets();
    }

    /** The shared groups; never to be written to. */
    public SharedGroup[] groups() {
        return groups;
    }

    /** The number of targets in all lanes. */
    public int targetCount() {
        int count = 0;
        for (LaneTargets lane : lanes) {
            count += lane.targets().size();
        }
        return count;
    }

    /** The target of a subscriber, or null; shared groups are not searched. */
    public @Nullable Target find(Subscriber subscriber) {
        int index = indexOf(subscriber.lane());
        return index < 0 ? null : lanes[index].targets().find(subscriber);
    }

    /** True if a target is of this party. */
    boolean hasTargets(Lanes layout, int party) {
        for (LaneTargets each : lanes) {
            if (layout.partyOfLane(each.lane()) == party) {
                return true;
            }
        }
        return false;
    }

    /** This, with the target in place of the one its subscriber had. */
    Match with(Target target) {
        int lane = target.subscriber().lane();
        int index = indexOf(lane);
        return index < 0
                ? new Match(added(lanes, new LaneTargets(lane, Targets.of(target))), groups)
                : withLane(index, lanes[index].targets().with(target));
    }

    /** This without the target of a subscriber. */
    Match without(Subscriber subscriber) {
        int index = indexOf(subscriber.lane());
        if (index < 0) {
            return this;
        }
        Targets fewer = lanes[index].targets().without(subscriber);
        return fewer.size() > 0 ? withLane(index, fewer) : new Match(removed(lanes, index), groups);
    }

    Match with(SharedGroup group) {
        return new Match(lanes, added(groups, group));
    }

    Match without(SharedGroup group) {
        return new Match(lanes, removed(groups, Arrays.asList(groups).indexOf(group)));
    }

    /** The shared group of that name, or null. Within one filter the name is unique. */
    @Nullable SharedGroup group(String name) {
        for (SharedGroup group : groups) {
            if (name.equals(group.filter().group())) {
                return group;
            }
        }
        return null;
    }

    /** The one target, or null if there are more, or none, or groups. */
    @Nullable Target sole() {
        boolean sole = groups.length == 0 && lanes.length == 1 && lanes[0].targets().size() == 1;
        return sole ? anyOf(lanes[0].targets()) : null;
    }

    /** This and that, with one merged target for a subscriber that is in both. */
    Match union(Match other) {
        Match union = this;
        for (LaneTargets lane : other.lanes) {
            int index = union.indexOf(lane.lane());
            union =
                    index < 0
                            ? new Match(added(union.lanes, lane), union.groups)
                            : union.withLane(
                                    index, union.lanes[index].targets().union(lane.targets()));
        }
        for (SharedGroup group : other.groups) {
            union = union.with(group);
        }
        return union;
    }

    private Match withLane(int index, Targets targets) {
        LaneTargets[] changed = lanes.clone();
        changed[index] = new LaneTargets(lanes[index].lane(), targets);
        return new Match(changed, groups);
    }

    private int indexOf(int lane) {
        for (int i = 0; i < lanes.length; i++) {
            if (lanes[i].lane() == lane) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Target anyOf(Targets targets) {
        for (Target[] chunk : targets.chunks()) {
            if (chunk.length > 0) {
                return chunk[0];
            }
        }
        return null;
    }

    private static <T> T[] added(T[] array, T element) {
        T[] longer = Arrays.copyOf(array, array.length + 1);
        longer[array.length] = element;
        return longer;
    }

    private static <T> T[] removed(T[] array, int index) {
        T[] shorter = Arrays.copyOf(array, array.length - 1);
        System.arraycopy(array, index + 1, shorter, index, shorter.length - index);
        return shorter;
    }

    @Override
    public String toString() {
        return targetCount() + " targets, " + Arrays.toString(groups);
    }
}
