/**
 * Who gets a message: the topic trie with all subscriptions of a node, and the {@link
 * io.carillon.topic.Match} of a topic. Knows packets' values and nothing else; has no thread.
 *
 * <h2>How it works</h2>
 *
 * <ul>
 *   <li>A {@link io.carillon.topic.Target} is made once per subscription, and a node with several
 *       holds the finished match: where one filter matches, a publish costs a walk and no copy,
 *       whatever the number of subscribers. Only where several filters match are they merged.
 *   <li>Matches are persistent: a change copies one chunk of one lane. So a match handed to another
 *       loop stays as it was, and a subscribe to a filter with a million subscribers copies some
 *       kilobytes.
 *   <li>A walk reads the version before and after itself and is repeated if it differs: otherwise a
 *       client that subscribes to {@code a/b} and then leaves {@code a/+} could be missed by a walk
 *       that saw the one before and the other after.
 *   <li>{@link io.carillon.topic.LiveMatch} is what a connection keeps per topic. It looks at four
 *       counters, those of the first levels of its topic, so that clients that subscribe below
 *       other levels do not make it walk. It keeps no match of many targets: ten thousand
 *       publishers with a private merge of a hundred thousand targets each would not fit in memory.
 *   <li>On a node with peers a {@link io.carillon.topic.StandIn} stands for subscribers elsewhere,
 *       at a lane of its own ({@link io.carillon.topic.Lanes}), and a {@link
 *       io.carillon.topic.FilterListener} hears what each party of subscribers here wants. A
 *       stand-in has one target for all its filters, so a route is a path and nothing else.
 *   <li>A shared subscription on such a node ({@code SpreadGroup}) has a share for each party here
 *       and for each stand-in, which get messages by the number of their members; within a party
 *       members take turns. A node that is alone has {@code Members} and nothing of that.
 * </ul>
 *
 * <h2>Memory</h2>
 *
 * A node's two fields hold the only child and the only subscription themselves; levels are UTF-8
 * without a {@code String} around them. Measured with compact headers, beside the session's own
 * {@code Subscription}: 112 bytes for each of a million filters {@code devices/ID/state}, 144 for
 * {@code devices/ID/#}, 36 for each of a million subscribers of one filter.
 *
 * <h2>Declined alternatives</h2>
 *
 * <ul>
 *   <li>A lock per node: changes take about a microsecond each; one lock keeps counts, listener and
 *       version in step.
 *   <li>A concurrent set per filter: cannot be handed over as it was at a moment, and costs thrice
 *       the memory.
 *   <li>{@code ConcurrentHashMap} for the children: needs a {@code String} per level of each
 *       published topic, and some 150 bytes per inner node.
 *   <li>One version for all topics: a hundred thousand clients that subscribe after a restart would
 *       make every connection walk for every message.
 *   <li>A cache of merged matches by topic, common to all connections: bounded caches keyed by what
 *       clients choose invite eviction attacks; each connection keeps its own.
 * </ul>
 *
 * <h2>Known costs</h2>
 *
 * <ul>
 *   <li>Doubling the table of a million children or subscribers holds the writers' lock for tens of
 *       milliseconds; readers go on.
 *   <li>Two filters with a hundred thousand subscribers each that match one topic are merged at
 *       each publish, some 0.1 microseconds per target; delivering costs more.
 *   <li>A level of a filter costs up to some 50 bytes: whoever decodes SUBSCRIBE limits their
 *       number.
 * </ul>
 *
 * <h2>Looks wrong, is right</h2>
 *
 * <ul>
 *   <li>A match holds a shared group and not its members: who joins or leaves makes nothing stale.
 *   <li>{@code LiveMatch} reads the stamp before the walk; the other order could keep an old match.
 *   <li>The table of a node's children never fills the slot of a removed child again before it is
 *       rebuilt: a reader may be about to compare it.
 * </ul>
 */
@NullMarked
package io.carillon.topic;

import org.jspecify.annotations.NullMarked;
