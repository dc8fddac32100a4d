package io.carillon.shard;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.session.DurableSession;
import io.carillon.session.SubscribeCommand;
import io.carillon.storage.StorageException;
import io.carillon.topic.Lanes;
import io.carillon.topic.Target;
import io.carillon.topic.Targets;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shard while this node leads it: takes commands, gives them to its parts, and writes its log. A
 * command that fails is told to its sender; the loop goes on. With the leadership all of it goes,
 * and the next one begins with what is stored.
 */
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final long TICK_MILLIS = 1_000;

    private final ShardContext context;
    private final Journal journal;
    private final Sessions sessions;
    private final Inheritance inheritance;
    private final Attachments attachments;
    private final ClientCommands commands;
    private final Origins origins;
    private final Queueing queueing;
    private final Retaining retaining;
    private final Pumps pumps;
    private final Senders senders = new Senders();
    private final Latecomers latecomers = new Latecomers();

    /** Begins with what is stored. */
    Leadership(ShardContext context) {
        this.context = context;
        this.journal = context.journal();
        this.pumps = new Pumps(context);
        this.sessions = new Sessions(context);
        this.attachments = new Attachments(context, sessions, pumps);
        this.commands = new ClientCommands(context, pumps);
        this.origins = new Origins(context);
        this.queueing = new Queueing(context, pumps, origins);
        this.retaining = new Retaining(context, origins);
        retaining.restore();
        this.inheritance = new Inheritance(context, sessions);
        inheritance.restore(new StateReader(context.number(), context.store()));
        attachments.lead(inheritance.newestAttachment());
    }

    /** Wills and expiries begin: all shards' subscriptions are in the trie by now. */
    void begin() {
        if (journal.leads()) {
            inheritance.begin();
            context.after(TICK_MILLIS, this::tick);
        }
    }

    /** Nothing more becomes durable: tells who waits, and lets the clients of sessions go. */
    void stop(String reason) {
        journal.stop();
        attachments.stop(reason);
    }

    /** Another node is about to lead: whoever is connected is sent there, as are all commands. */
    void pause(String reason) {
        journal.pause();
        attachments.forget(reason);
    }

    /** It does not: connections come back. */
    void resume() {
        journal.resume();
        inheritance.awaitAnnouncements();
    }

    /** Another node leads from here on: whoever waits, or is connected, is sent there. */
    void end(String reason) {
        journal.lose();
        attachments.forget(reason);
    }

    /** Nobody finds here any more what another node leads by now. */
    void forget() {
        sessions.forget();
        retaining.forget();
    }

    void committed(int count) {
        journal.committed(count);
    }

    private void tick() {
        context.after(TICK_MILLIS, this::tick);
        attachments.tick();
        if (journal.takesMore()) {
            sessions.tick();
            retaining.tick();
            origins.tick();
        }
    }

    // The clients' side; each on the shard's loop.

    void attach(AttachRequest request) {
        if (journal.isPaused()) {
            request.outlet().refused(ReasonCode.USE_ANOTHER_SERVER, journal.refusal());
            return;
        }
        try {
            attachments.attach(request);
        } catch (RuntimeException e) {
            logUnexpected(e);
            ReasonCode reason =
                    isLost() ? ReasonCode.USE_ANOTHER_SERVER : ReasonCode.SERVER_UNAVAILABLE;
            request.outlet().refused(reason, message(e));
        }
    }

    void reattach(ReattachRequest request) {
        if (journal.isPaused()) {
            request.outlet().refused(ReasonCode.USE_ANOTHER_SERVER, journal.refusal());
            return;
        }
        try {
            attachments.reattach(request);
        } catch (RuntimeException e) {
            logUnexpected(e);
            request.outlet().close(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, message(e));
        }
    }

    void detach(
            String clientId,
            long attachment,
            boolean dropWill,
            long expirySeconds,
            @Nullable Receipt receipt) {
        if (journal.isPaused()) {
            fail(receipt);
            return;
        }
        try {
            attachments.detach(clientId, attachment, dropWill, expirySeconds);
            if (receipt != null) {
                journal.whenDurable(() -> receipt.done(ReasonCode.SUCCESS), () -> fail(receipt));
            }
        } catch (RuntimeException e) {
            logUnexpected(e);
            LOG.warn("client {} left while its shard is stopped: {}", clientId, message(e));
            fail(receipt);
        }
    }

    void subscribe(String clientId, long attachment, SubscribeCommand command) {
        withSession(
                clientId,
                attachment,
                (client, session) -> commands.subscribe(client, session, command));
    }

    void packets(String clientId, long attachment, List<Packet> packets) {
        withSession(
                clientId,
                attachment,
                (client, session) -> commands.packets(client, session, packets));
    }

    void drained(String clientId, long attachment) {
        withSession(clientId, attachment, (client, session) -> pumps.wake(client));
    }

    /** Runs for a live attachment only: frames of an older one are dropped. */
    private void withSession(
            String clientId, long attachment, BiConsumer<Client, DurableSession> command) {
        Client client = context.clients().get(clientId);
        if (client == null || client.attachment != attachment || client.session == null) {
            return;
        }
        Outlet outlet = client.outlet;
        if (outlet == null) {
            return;
        }
        try {
            command.accept(client, client.session);
        } catch (RuntimeException e) {
            logUnexpected(e);
            if (!(e instanceof ShardStopped && isLost())) {
                outlet.close(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, message(e));
            }
        }
    }

    /** True if another node leads, or will: the connection stays and is sent there. */
    private boolean isLost() {
        return journal.failure() == ReasonCode.USE_ANOTHER_SERVER;
    }

    // The router's side; each on the shard's loop.

    void handOut(Publication publication, Targets targets, @Nullable Receipt receipt) {
        try {
            queueing.handOut(publication, targets, receipt);
        } catch (RuntimeException e) {
            logUnexpected(e);
            origins.forget();
            fail(receipt);
        }
    }

    /** Takes what comes by the cluster's ways, or sends it back if something before is missing. */
    void take(Parcel parcel, @Nullable Receipt receipt) {
        Parcel.Order order = parcel.order();
        if (order == null || receipt == null) {
            if (!latecomers.is(parcel.publication())) {
                taken(parcel, receipt);
            }
            return;
        }
        switch (senders.take(order)) {
            // What comes again is known by its number, unless it was sent back.
            case NEXT, TAKEN -> taken(parcel, senders.watched(order, receipt));
            case BEHIND_A_GAP -> receipt.done(ReasonCode.USE_ANOTHER_SERVER);
        }
    }

    /** To whoever matches now: while the shard is led here all its sessions are in the trie. */
    private void taken(Parcel parcel, @Nullable Receipt receipt) {
        Publication publication = parcel.publication();
        switch (parcel.purpose()) {
            case Parcel.Purpose.Retaining _ -> retain(publication, receipt);
            case Parcel.Purpose.Matching _ -> {
                Topic topic = publication.message().topic();
                Targets targets = context.trie().match(topic).targets(context.lane());
                if (targets.size() > 0) {
                    handOut(publication, targets, receipt);
                } else if (receipt != null) {
                    receipt.done(ReasonCode.SUCCESS); // nobody wants it any more
                }
            }
            case Parcel.Purpose.Member(String text) -> {
                TopicFilter filter = TopicFilter.of(text);
                Target member =
                        context.trie().pickHere(filter, Lanes.partyOf(context.number()), null);
                if (member != null) {
                    handOut(publication, Targets.of(member), receipt);
                } else { // it left while the message was on its way
                    context.publisher()
                            .get()
                            .redispatch(
                                    publication,
                                    filter,
                                    "",
                                    receipt == null ? outcome -> {} : receipt);
                }
            }
        }
    }

    void retain(Publication publication, @Nullable Receipt receipt) {
        try {
            retaining.retain(publication, receipt);
        } catch (RuntimeException e) {
            logUnexpected(e);
            origins.forget();
            fail(receipt);
        }
    }

    RetainedPage read(RetainedQuery query) {
        try {
            return retaining.read(query);
        } catch (StorageException e) {
            LOG.error("retained messages can't be read: {}", message(e));
            return new RetainedPage(List.of(), query.next(null)); // other shards may have theirs
        }
    }

    /** Whatever fails is told to its sender; what should not have failed is told to people too. */
    private void logUnexpected(RuntimeException e) {
        if (!(e instanceof ShardStopped)) {
            LOG.error("a command on shard {} failed", context.number(), e);
        }
    }

    private void fail(@Nullable Receipt receipt) {
        if (receipt != null) {
            receipt.done(journal.failure());
        }
    }

    private static String message(RuntimeException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
