package io.carillon.topic;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of targets, one per subscriber. Immutable; a changed copy shares all but one chunk with its
 * original, so that a filter with a million subscribers takes another for a few microseconds.
 *
 * <p>The hash of the client id decides the chunk. The order of iteration depends only on the client
 * ids and the changes that led here, so that a simulated run repeats.
 */
public final class Targets {
    /** Nobody. */
    public static final Targets NONE = new Targets(new Target[][] {{}}, 0);

    private static final int MEAN_CHUNK_MAX = 64;
    private static final int MEAN_CHUNK_MIN = 16;

    /** A power of two of chunks, none of them null. */
    private final Target[][] chunks;

    private final int size;

    private Targets(Target[][] chunks, int size) {
        this.chunks = chunks;
        this.size = size;
    }

    public static Targets of(Target target) {
        return new Targets(new Target[][] {{target}}, 1);
    }

    public int size() {
        return size;
    }

    /** All targets in arrays of any length, zero included; never to be written to. */
    public Target[][] chunks() {
        return chunks;
    }

    /** Hands over each target. */
    public void forEach(Consumer<Target> action) {
        for (Target[] chunk : chunks) {
            for (Target target : chunk) {
                action.accept(target);
            }
        }
    }

    /** The target of a subscriber, or null. */
    public @Nullable Target find(Subscriber subscriber) {
        Target[] chunk = chunks[chunkOf(subscriber, chunks.length)];
        int index = indexOf(chunk, subscriber);
        return index < 0 ? null : chunk[index];
    }

    /** These, with the target in place of the one its subscriber had. */
    Targets with(Target target) {
        Target[][] copy = chunks.clone();
        return resized(copy, put(copy, target, false) ? size + 1 : size);
    }

    /** These without the target of a subscriber. */
    Targets without(Subscriber subscriber) {
        int c = chunkOf(subscriber, chunks.length);
        Target[] chunk = chunks[c];
        int index = indexOf(chunk, subscriber);
        if (index < 0) {
            return this;
        }
        Target[] shorter = Arrays.copyOf(chunk, chunk.length - 1);
        System.arraycopy(chunk, index + 1, shorter, index, shorter.length - index);
        Target[][] copy = chunks.clone();
        copy[c] = shorter;
        return resized(copy, size - 1);
    }

    /** These and those, with one merged target for a subscriber that is in both. */
    Targets union(Targets other) {
        Targets big = size >= other.size ? this : other;
        Targets small = big == this ? other : this;
        Target[][] copy = big.chunks.clone();
        int count = big.size;
        for (Target[] chunk : small.chunks) {
            for (Target target : chunk) {
                count += put(copy, target, true) ? 1 : 0;
            }
        }
        return resized(copy, count);
    }

    /** Puts a target into its chunk, which is copied; returns true if its subscriber is new. */
    private static boolean put(Target[][] chunks, Target target, boolean merge) {
        int c = chunkOf(target.subscriber(), chunks.length);
        Target[] chunk = chunks[c];
        int index = indexOf(chunk, target.subscriber());
        if (index < 0) {
            Target[] longer = Arrays.copyOf(chunk, chunk.length + 1);
            longer[chunk.length] = target;
            chunks[c] = longer;
            return true;
        }
        Target[] changed = chunk.clone();
        changed[index] = merge ? Target.merge(chunk[index], target) : target;
        chunks[c] = changed;
        return false;
    }

    /** Keeps the mean length of a chunk within its bounds. */
    private static Targets resized(Target[][] chunks, int size) {
        int count = chunks.length;
        while (size > (long) count * MEAN_CHUNK_MAX) {
            count *= 2;
        }
        while (count > 1 && size < (long) count * MEAN_CHUNK_MIN) {
            count /= 2;
        }
        return new Targets(count == chunks.length ? chunks : spread(chunks, count), size);
    }

    private static Target[][] spread(Target[][] chunks, int count) {
        int[] lengths = new int[count];
        for (Target[] chunk : chunks) {
            for (Target target : chunk) {
                lengths[chunkOf(target.subscriber(), count)]++;
            }
        }
        Target[][] spread = new Target[count][];
        for (int c = 0; c < count; c++) {
            spread[c] = new Target[lengths[c]];
        }
        Arrays.fill(lengths, 0);
        for (Target[] chunk : chunks) {
            for (Target target : chunk) {
                int c = chunkOf(target.subscriber(), count);
                spread[c][lengths[c]++] = target;
            }
        }
        return spread;
    }

    private static int indexOf(Target[] chunk, Subscriber subscriber) {
        for (int i = 0; i < chunk.length; i++) {
            if (chunk[i].isFor(subscriber)) {
                return i;
            }
        }
        return -1;
    }

    private static int chunkOf(Subscriber subscriber, int count) {
        int hash = subscriber.clientId().hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 16) & count - 1;
    }
}
