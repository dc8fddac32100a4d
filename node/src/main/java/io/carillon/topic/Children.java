package io.carillon.topic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The children of a node: the two wildcards, and the others in an open hash table. One thread
 * changes it inside the trie's writer lock while any number read it.
 *
 * <p>A reader that holds a replaced table sees the children of a moment ago; the trie notices by
 * its version.
 */
final class Children {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Node[].class);

    /** Fills the slot of a removed child, so that searches go on; no level holds a slash. */
    private static final Node REMOVED = new Node(new byte[] {'/'}, 0);

    private static final @Nullable Node[] EMPTY = {null};
    private static final int TABLE_MIN = 4;

    private volatile @Nullable Node plus;
    private volatile @Nullable Node rest;
    private volatile @Nullable Node[] table = EMPTY;
    private int size;
    private int usedSlots;

    /** The child {@code +}, or null. */
    @Nullable Node plus() {
        return plus;
    }

    void plus(@Nullable Node node) {
        plus = node;
    }

    /** The child {@code #}, or null. */
    @Nullable Node rest() {
        return rest;
    }

    void rest(@Nullable Node node) {
        rest = node;
    }

    boolean isEmpty() {
        return size == 0 && plus == null && rest == null;
    }

    @Nullable Node find(int hash, byte[] path, int from, int to) {
        @Nullable Node[] slots = table;
        for (int i = hash & slots.length - 1; ; i = i + 1 & slots.length - 1) {
            Node node = (Node) SLOT.getAcquire(slots, i);
            if (node == null || node.is(hash, path, from, to)) {
                return node;
            }
        }
    }

    /** Adds a child that is not there yet. */
    void add(Node node) {
        if ((usedSlots + 1) * 4L > table.length * 3L) {
            rebuild();
        }
        int i = node.hash() & table.length - 1;
        while (table[i] != null) {
            i = i + 1 & table.length - 1;
        }
        SLOT.setRelease(table, i, node);
        size++;
        usedSlots++;
    }

    /** Removes a child that is there. */
    void remove(Node node) {
        int i = node.hash() & table.length - 1;
        while (table[i] != node) {
            i = i + 1 & table.length - 1;
        }
        SLOT.setRelease(table, i, REMOVED);
        size--;
        if (table.length > TABLE_MIN && size * 8L < table.length) {
            rebuild();
        }
    }

    /** Moves the children to a table that they half fill at most, and drops removed ones. */
    private void rebuild() {
        int length = Math.max(TABLE_MIN, Integer.highestOneBit(Math.max(1, size)) * 4);
        @Nullable Node[] larger = new @Nullable Node[length];
        for (Node node : table) {
            if (node != null && node != REMOVED) {
                int i = node.hash() & length - 1;
                while (larger[i] != null) {
                    i = i + 1 & length - 1;
                }
                larger[i] = node;
            }
        }
        usedSlots = size;
        table = larger;
    }
}
