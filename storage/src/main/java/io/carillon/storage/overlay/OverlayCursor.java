package io.carillon.storage.overlay;

import io.carillon.storage.Cursor;
import io.carillon.storage.StorageException;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Merges a cursor of the store below with the pending changes of a space.
 *
 * <p>In the direction of the last move, {@code point} is the first pending key from where it stands
 * and {@code stored} the first key below; the nearer of the two is where it stands.
 */
final class OverlayCursor implements Cursor {

    private enum Standing {
        NOWHERE,
        ON_POINT,
        ON_STORED
    }

    private final Cursor below;
    private final Pending pending;
    private Map.@Nullable Entry<byte[], Pending.Point> point;

    /** The key that the cursor below stands on; null if it stands nowhere. */
    private byte @Nullable [] stored;

    private boolean forward = true;
    private Standing standing = Standing.NOWHERE;
    private boolean closed;

    OverlayCursor(Cursor below, Pending pending) {
        this.below = below;
        this.pending = pending;
        pending.cursorOpened();
    }

    @Override
    public boolean seek(byte[] key) {
        checkOpen();
        forward = true;
        point = pending.points().ceilingEntry(key);
        arrive(below.seek(key));
        return settle();
    }

    @Override
    public boolean seekBack(byte[] key) {
        checkOpen();
        forward = false;
        point = pending.points().floorEntry(key);
        arrive(below.seekBack(key));
        return settle();
    }

    @Override
    public boolean next() {
        return move(true);
    }

    @Override
    public boolean previous() {
        return move(false);
    }

    @Override
    public byte[] key() {
        return here().clone();
    }

    @Override
    public byte[] value() {
        here();
        byte[] value =
                standing == Standing.ON_POINT && point != null ? point.getValue().value() : null;
        return value == null ? below.value() : value.clone();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            pending.cursorClosed();
            below.close();
        }
    }

    private boolean move(boolean onward) {
        byte[] here = here();
        if (forward != onward) {
            forward = onward;
            arrive(onward ? below.seek(here) : below.seekBack(here));
            stepPoint(here);
        } else if (standing == Standing.ON_POINT) {
            stepPoint(here);
        }
        if (stored != null && Arrays.equals(stored, here)) {
            stepStored();
        }
        return settle();
    }

    /** Passes over what is deleted, and stands on the nearer of the two. */
    private boolean settle() {
        while (true) {
            leaveRanges();
            byte[] storedKey = stored;
            Map.Entry<byte[], Pending.Point> candidate = point;
            if (candidate == null) {
                return stand(storedKey == null ? Standing.NOWHERE : Standing.ON_STORED);
            }
            int order = storedKey == null ? -1 : compare(candidate.getKey(), storedKey);
            if (order > 0) {
                return stand(Standing.ON_STORED);
            }
            if (candidate.getValue().value() != null) {
                return stand(Standing.ON_POINT);
            }
            stepPoint(candidate.getKey());
            if (order == 0) {
                stepStored();
            }
        }
    }

    /** Moves the cursor below out of deleted ranges. */
    private void leaveRanges() {
        byte[] key = stored;
        while (key != null) {
            Pending.Range range = pending.rangeOver(key);
            if (range == null) {
                return;
            }
            if (forward) {
                arrive(below.seek(range.to()));
            } else {
                arrive(below.seekBack(range.from()));
                if (stored != null && Arrays.equals(stored, range.from())) {
                    stepStored();
                }
            }
            key = stored;
        }
    }

    private void stepPoint(byte[] from) {
        point = forward ? pending.points().higherEntry(from) : pending.points().lowerEntry(from);
    }

    private void stepStored() {
        arrive(forward ? below.next() : below.previous());
    }

    private void arrive(boolean found) {
        stored = found ? below.key() : null;
    }

    private boolean stand(Standing where) {
        standing = where;
        return where != Standing.NOWHERE;
    }

    private int compare(byte[] a, byte[] b) {
        return forward ? Arrays.compareUnsigned(a, b) : Arrays.compareUnsigned(b, a);
    }

    private byte[] here() {
        checkOpen();
        byte[] key =
                switch (standing) {
                    case NOWHERE -> null;
                    case ON_POINT -> point == null ? null : point.getKey();
                    case ON_STORED -> stored;
                };
        if (key == null) {
            throw new NoSuchElementException("the cursor stands on no key");
        }
        return key;
    }

    private void checkOpen() {
        if (closed) {
            throw new StorageException("the cursor or its store is closed", null);
        }
    }
}
