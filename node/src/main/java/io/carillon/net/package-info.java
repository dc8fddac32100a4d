/**
 * Client connections: what happens between the bytes of one client and the rest of the broker. A
 * connection and all its parts live on one event loop; what comes from other threads is carried
 * there ({@code ConnectionOutlet} for what a shard says, {@code lane.IoLane} for what is published,
 * {@code AckQueue} for receipts).
 *
 * <h2>How it works</h2>
 *
 * <ul>
 *   <li>{@code Connection} is Netty's handler and hands on to {@code Wire}, which decodes, catches
 *       what is wrong with a packet in one place, and ends the connection once.
 *   <li>Packets go to a {@code Stage}: {@code ConnectFlow} lets the client in, {@code Conversation}
 *       serves it. {@code PublishFlow}, {@code SubscribeFlow} and {@code ReAuthentication} are one
 *       flow each.
 *   <li>{@code SessionLink} is the way to the session: {@code TransientLink} has it, {@code
 *       DurableLink} forwards to its shard, one batch per turn.
 *   <li>{@code Outbound} encodes into one buffer per turn; the loop flushes all connections that
 *       were written to when the turn ends.
 * </ul>
 *
 * <h2>Bounds</h2>
 *
 * <ul>
 *   <li>What is read: a {@code lane.ReadGate} stops reading while a client is let in, while the
 *       targets of what it publishes cannot follow, and while it has too much unacknowledged.
 *   <li>What is written: above the limit of the channel QoS 0 is dropped, QoS 1 and 2 wait in the
 *       session's queue, which drops by its policy; who does not read for long is disconnected.
 *       {@code lane.LaneMemory} holds when very many do that at once.
 *   <li>Retained messages come page by page, the next when the client has taken the last.
 * </ul>
 *
 * <h2>Declined alternatives</h2>
 *
 * <ul>
 *   <li>Closing a 3.x connection that publishes without permission: the client comes back and tries
 *       again for ever. It gets the usual acknowledgement, and the message is dropped.
 *   <li>Wrapping large payloads instead of copying them: Netty copies what lies on the heap into a
 *       direct buffer of its own, so nothing is saved.
 *   <li>Telling publishers when congestion is over: who waits for whom would have to be known. One
 *       timer per loop that looks every few milliseconds, and only while somebody waits, does it.
 *   <li>Least recently used topic aliases: the hash of a topic gives its alias, without a map.
 * </ul>
 *
 * <h2>Looks wrong, is right</h2>
 *
 * <ul>
 *   <li>A publisher on the same loop is handed out at once only while the inbox is empty: a client
 *       that came from another loop may have older messages there.
 *   <li>A retained message is skipped if a newer one for its topic was delivered while it was read:
 *       it would come behind it.
 *   <li>The keep alive counts whole packets, and not while we do not read.
 * </ul>
 */
@NullMarked
package io.carillon.net;

import org.jspecify.annotations.NullMarked;
