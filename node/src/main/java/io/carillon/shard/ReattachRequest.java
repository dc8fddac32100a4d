package io.carillon.shard;

import org.jspecify.annotations.Nullable;

/**
 * A living connection tells the leader of its shard that it is attached: another leader did that,
 * and is none any more. What the shard has stored decides: it is adopted under the number it has,
 * or its outlet is told to close.
 *
 * @param attachment the number that the earlier leader gave it
 * @param durable as the earlier leader said: true if the session lives in the shard
 * @param stored true if the shard has a row of it: its session is durable, or it has a will
 * @param receiveMaximum how many QoS 1 and 2 messages may be in flight to the client, 1 to 65,535
 */
public record ReattachRequest(
        String clientId,
        @Nullable String userName,
        long attachment,
        boolean durable,
        boolean stored,
        int receiveMaximum,
        Outlet outlet) {}
