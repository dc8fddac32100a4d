package io.carillon.node.cluster;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.interest.Interest;
import io.carillon.cluster.interest.InterestSettings;
import io.carillon.cluster.interest.SharedPages;
import io.carillon.cluster.lease.Lease;
import io.carillon.cluster.lease.LeaseTerms;
import io.carillon.cluster.link.Delivery;
import io.carillon.cluster.membership.Follower;
import io.carillon.cluster.membership.OwnPart;
import io.carillon.cluster.ownership.DrainReport;
import io.carillon.cluster.ownership.founding.Charter;
import io.carillon.cluster.ownership.founding.FoundingRounds;
import io.carillon.cluster.ownership.founding.StoredCharter;
import io.carillon.delivery.Router;
import io.carillon.loop.Loop;
import io.carillon.net.MessageRouter;
import io.carillon.peers.publish.Dispatch;
import io.carillon.peers.retained.RetainedElsewhere;
import io.carillon.peers.route.Routes;
import io.carillon.shard.Announcements;
import io.carillon.shard.Lane;
import io.carillon.shard.Publisher;
import io.carillon.shard.RetainedSource;
import io.carillon.shard.SessionOwner;
import io.carillon.shard.Shards;
import io.carillon.storage.Space;
import io.carillon.topic.Lanes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All of a node of a cluster that lives on the cluster loop, wired by hand. It has no thread and
 * knows neither network nor time but what it is given. It is made in three steps, since parts need
 * each other: the constructor has the routes and what is said of leaders, {@link #serve} has what
 * clients' messages and sessions go through, and {@link #meet} lets other nodes in.
 */
public final class ClusterCore {
    /** The space of the store that is the cluster's own; the log has another. */
    public static final Space SPACE = new Space("cluster");

    private final CoreSettings settings;
    private final CoreHost host;
    private final LooseEnds ends;
    private final Loop loop;
    private final Lanes lanes;
    private final Routes routes;
    private final Presence presence = new Presence();
    private final Leaderships leaderships;
    private final ClusterFigures figures;
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final CompletableFuture<String> expelled = new CompletableFuture<>();

    private Inquiry requests = Inquiry.NONE;

    // From serve on.
    private @Nullable Traffic traffic;

    private volatile @Nullable Holdback holdback;

    // From meet on.
    private @Nullable RouteTalk talk;
    private @Nullable Lease lease;
    private @Nullable Lookout lookout;
    private @Nullable Scaling scaling;
    private @Nullable HandOver handOver;

    /**
     * Any thread; nothing else has been told to the links or the log.
     *
     * @param eventLoops how many lanes these have
     */
    public ClusterCore(CoreSettings settings, CoreHost host, int eventLoops) {
        this.settings = settings;
        this.host = host;
        this.ends = host.ends();
        this.loop = host.loop();
        int shards = settings.founding().shards();
        this.lanes = new Lanes(eventLoops, shards);
        this.routes = new Routes(settings.self(), lanes, loop);
        presence.joined(settings.source());
        this.figures = new ClusterFigures(host);
        this.leaderships = Leaderships.of(settings.self(), shards, loop, ends.post());
        ends.post().over(host.links(), loop);
        ends.replicas().tell(loop, leaderships.herald());
    }

    public Routes routes() {
        return routes;
    }

    /** What shards tell other nodes. */
    public Announcements announcements() {
        return new ShardTalk(routes, presence);
    }

    /** Retained messages, wherever their shards are led. */
    public RetainedSource retained(Supplier<Shards> all) {
        return new RetainedElsewhere(loop, all, ends.post(), leaderships.book());
    }

    /**
     * Makes the ways of publications and sessions.
     *
     * @param publisher the router; asked for later
     * @param eventLoops the first lanes of the trie
     */
    public Dispatch serve(
            Shards all, List<? extends Lane> eventLoops, Supplier<Publisher> publisher) {
        loop.assertInside();
        traffic =
                Traffic.of(
                        settings,
                        host,
                        lanes,
                        routes,
                        leaderships.book(),
                        all,
                        eventLoops,
                        publisher);
        figures.serve(traffic.dispatch());
        return traffic.dispatch();
    }

    /** The numbers of this node as one of several; any thread. */
    public ClusterFigures figures() {
        return figures;
    }

    /** What shards publish goes through it, to the router. Once; before the meeting. */
    public Publisher publisher(Router router) {
        Holdback held = new Holdback(loop, router);
        holdback = held;
        return held;
    }

    /** What connections publish goes through it. From {@link #publisher} on. */
    public MessageRouter messages() {
        return Objects.requireNonNull(holdback, "publisher comes first");
    }

    /** The sessions of the cluster, while this node may serve. From {@link #serve} on. */
    public SessionOwner sessions() {
        return traffic().serving();
    }

    /** What this node has to say of its shards, in a map of the whole cluster. */
    public OwnPart ownPart() {
        return leaderships.said();
    }

    /** Hears what others say of theirs in that map. */
    public Follower follower() {
        return leaderships.said();
    }

    /** Whom to ask what the operator wants; before {@link #meet}. */
    public void requests(Inquiry inquiry) {
        requests = inquiry;
    }

    /** Meets the other nodes, and serves once a majority is there. */
    public void meet(Meeting meeting) {
        loop.assertInside();
        Switchboard switchboard = ends.switchboard();
        RouteTalk wants = RouteTalk.at(switchboard, loop);
        talk = wants;
        figures.met(meeting.members(), wants);
        leaderships.said().into(meeting.map());
        leaderships.at(switchboard);
        leaderships.herald().start();
        Neighbours others =
                new Neighbours(
                        loop,
                        meeting.members(),
                        host.links(),
                        meeting.lookup(),
                        node -> ends.post().offer(node, Delivery.KEPT, Kind.MET, new byte[0]),
                        this::gone,
                        this::expelled,
                        presence);
        switchboard.members(others::isThere);
        switchboard.on(Kind.LEAVING, (from, _) -> others.leaves(from));
        switchboard.on(Kind.MET, (from, _) -> traffic().forgottenBy(from));
        FoundingRounds rounds =
                FoundingTalk.of(
                        settings, new StoredCharter(host.store(), SPACE), loop, ends, others);
        Scaling scales =
                new Scaling(
                        new Scaling.Surroundings(
                                settings.home(),
                                meeting.members(),
                                others,
                                leaderships.leaders(),
                                requests),
                        settings.founding().shards(),
                        settings.founding().replicas(),
                        host);
        scaling = scales;
        Lease granted =
                new Lease(
                        settings.self(),
                        loop,
                        host.monotonicMillis(),
                        LeaseTerms.DEFAULT,
                        new Acquaintance(meeting.members(), host.links(), wants, switchboard));
        lease = granted;
        host.links().beatWith(granted);
        Holdback held = Objects.requireNonNull(holdback, "publisher comes first");
        held.by(granted);
        switchboard.on(
                Kind.DONE,
                (from, _) -> {
                    granted.givenBack(from);
                    wants.settled();
                });
        Lookout look =
                new Lookout(
                        loop,
                        meeting,
                        leaderships.book(),
                        routes,
                        traffic().serving(),
                        granted,
                        held::look,
                        settings.minorityGraceMillis(),
                        joined);
        switchboard.open();
        meeting.members().listen(others);
        lookout = look;
        figures.looked(look);
        rounds.start()
                .whenComplete(
                        (charter, failure) -> {
                            if (charter == null) {
                                joined.completeExceptionally(failure);
                            } else {
                                Interest sharing = share(charter, meeting.pages(), granted);
                                wants.begin(sharing);
                                founded(charter, others, scales);
                                look.founded(scales, sharing);
                            }
                        });
        look.start();
    }

    private Interest share(Charter charter, SharedPages pages, Lease granted) {
        return routes.start(
                new Epoch(host.clock().millis(), 1),
                ends.post(),
                pages,
                traffic().dispatch().retainedUnderWay(),
                InterestSettings.of(charter.secret()),
                granted);
    }

    private void founded(Charter charter, Neighbours others, Scaling scales) {
        Openings openings =
                new Openings(
                        settings.home().voter(),
                        host.log(),
                        traffic().shards(),
                        loop,
                        joined::completeExceptionally);
        openings.founded(charter);
        ends.replicas().onSeat(openings::seated);
        handOver =
                new HandOver(
                        settings.self(),
                        leaderships.leaders(),
                        others,
                        scales::fit,
                        transfer -> host.log().transfer(transfer.shard(), transfer.to()),
                        loop,
                        host.clock());
        scales.start(charter.founders());
    }

    /** Completes once this node serves for the first time, or fails with the reason why not. */
    public CompletableFuture<Void> joined() {
        return joined;
    }

    /** Completes if this node can't be of the cluster any more, with the reason. */
    public CompletableFuture<String> expelled() {
        return expelled;
    }

    /** The pages of what this node wants have to be written again. */
    public void rewritePages() {
        Interest sharing = talk == null ? null : talk.interest();
        if (sharing != null) {
            sharing.rewriteSharedPages();
        }
    }

    /**
     * Hands what this node leads to others, and tells them to give it nothing more. Fails if it has
     * not met them.
     */
    public CompletableFuture<DrainReport> drain() {
        loop.assertInside();
        if (lookout != null) {
            lookout.stop();
        }
        if (handOver == null) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("the cluster is not founded yet"));
        }
        if (scaling != null) {
            scaling.stop();
        }
        ends.post().tellAll(Delivery.KEPT, Kind.LEAVING, new byte[0]);
        return handOver.all(settings.drain());
    }

    /** Others need not wait for this node any more: nothing is published here from now on. */
    public void leave() {
        loop.assertInside();
        if (lease != null) {
            lease.give();
            ends.post().tellAll(Delivery.KEPT, Kind.DONE, new byte[0]);
        }
    }

    private void gone(NodeId node) {
        leaderships.leaders().lost(node);
        routes.nodeGone(node);
        traffic().gone(node);
    }

    private void expelled(String reason) {
        expelled.complete(reason);
        joined.completeExceptionally(new IllegalStateException(reason));
    }

    private Traffic traffic() {
        return Objects.requireNonNull(traffic, "serve comes first");
    }
}
