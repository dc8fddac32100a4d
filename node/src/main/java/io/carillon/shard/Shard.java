package io.carillon.shard;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.replication.KeyRange;
import io.carillon.cluster.replication.ShardMachine;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.record.ShardRecord;
import io.carillon.session.SubscribeCommand;
import io.carillon.storage.Batch;
import io.carillon.topic.Targets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard on this node: applies its records, and serves its clients while this node leads it. On
 * the shard's loop.
 */
final class Shard implements ShardMachine<ShardRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
    private static final String ELSEWHERE = "this node does not lead the shard of the client id";

    private final ShardSite site;
    private final StateWriter writer;
    private @Nullable Leadership leadership;

    /** One that is over; its sessions are in the trie until that knows them to be elsewhere. */
    private @Nullable Leadership leaving;

    /** The leadership that begins when the former one has left. */
    private @Nullable Epoch next;

    /** Whether wills and expiries may begin: the node's other parts are there. */
    private boolean begun;

    Shard(ShardSite site) {
        this.site = site;
        this.writer = new StateWriter(site.number());
    }

    Loop loop() {
        return site.loop();
    }

    // The log's side.

    @Override
    public void lead(Epoch epoch) {
        if (leadership != null) {
            follow("it is led anew");
        }
        if (leaving == null) {
            serve(epoch);
        } else {
            next = epoch;
        }
    }

    private void serve(Epoch epoch) {
        Announcements announcements = site.announcements();
        announcements.lead(site.number(), epoch);
        Leadership begins;
        try {
            begins = new Leadership(site.context(epoch));
        } catch (RuntimeException e) {
            announcements.resign(site.number(), () -> {});
            throw e;
        }
        announcements.restored(site.number());
        leadership = begins;
        if (begun) {
            begins.begin();
        }
    }

    /** Wills and expiries begin: all shards' subscriptions are in the trie by now. */
    void begin() {
        begun = true;
        if (leadership != null) {
            leadership.begin();
        }
    }

    @Override
    public void fail(String reason) {
        LOG.error("shard {} stops serving durable state: {}", site.number(), reason);
        if (leadership != null) {
            leadership.stop(reason);
        }
    }

    @Override
    public void follow(String reason) {
        LOG.info("shard {} is no longer led here: {}", site.number(), reason);
        next = null;
        Leadership ended = leadership;
        leadership = null;
        if (ended != null) {
            ended.end(reason);
            leaving = ended;
            site.announcements()
                    .resign(site.number(), () -> site.loop().execute(() -> leave(ended)));
        }
    }

    @Override
    public void pause(String reason) {
        if (leadership != null) {
            leadership.pause(reason);
        }
    }

    @Override
    public void resume() {
        if (leadership != null) {
            leadership.resume();
        }
    }

    /** No message passes the sessions by: the trie knows where they are by now. */
    private void leave(Leadership ended) {
        ended.forget();
        leaving = null;
        Epoch epoch = next;
        next = null;
        if (epoch != null) {
            serve(epoch);
        }
    }

    @Override
    public void apply(ShardRecord record, Batch batch) {
        writer.apply(record, batch);
    }

    /** All keys begin with the shard's number. */
    @Override
    public List<KeyRange> ranges() {
        byte[] from = Keys.shard(site.number());
        byte[] to = Keys.shard(site.number() + 1);
        return Spaces.all().stream().map(space -> new KeyRange(space, from, to)).toList();
    }

    @Override
    public void committed(int count) {
        if (leadership != null) {
            leadership.committed(count);
        }
    }

    // The clients' side.

    void attach(AttachRequest request) {
        if (leadership == null) {
            request.outlet().refused(ReasonCode.USE_ANOTHER_SERVER, ELSEWHERE);
        } else {
            leadership.attach(request);
        }
    }

    void reattach(ReattachRequest request) {
        if (leadership == null) {
            request.outlet().refused(ReasonCode.USE_ANOTHER_SERVER, ELSEWHERE);
        } else {
            leadership.reattach(request);
        }
    }

    void detach(
            String clientId,
            long attachment,
            boolean dropWill,
            long expirySeconds,
            @Nullable Receipt receipt) {
        if (leadership != null) {
            leadership.detach(clientId, attachment, dropWill, expirySeconds, receipt);
        } else if (receipt != null) {
            receipt.done(ReasonCode.USE_ANOTHER_SERVER);
        }
    }

    void subscribe(String clientId, long attachment, SubscribeCommand command) {
        if (leadership != null) {
            leadership.subscribe(clientId, attachment, command);
        }
    }

    void packets(String clientId, long attachment, List<Packet> packets) {
        if (leadership != null) {
            leadership.packets(clientId, attachment, packets);
        }
    }

    void drained(String clientId, long attachment) {
        if (leadership != null) {
            leadership.drained(clientId, attachment);
        }
    }

    // The router's side.

    void handOut(Publication publication, Targets targets, @Nullable Receipt receipt) {
        if (leadership != null) {
            leadership.handOut(publication, targets, receipt);
        } else if (receipt != null) {
            receipt.done(ReasonCode.USE_ANOTHER_SERVER);
        }
    }

    /** Takes what comes by the cluster's ways, if this node leads. */
    void take(Parcel parcel, @Nullable Receipt receipt) {
        if (leadership != null) {
            leadership.take(parcel, receipt);
        } else if (receipt != null) {
            receipt.done(ReasonCode.USE_ANOTHER_SERVER);
        }
    }

    void retain(Publication publication, @Nullable Receipt receipt) {
        if (leadership != null) {
            leadership.retain(publication, receipt);
        } else if (receipt != null) {
            receipt.done(ReasonCode.USE_ANOTHER_SERVER);
        }
    }

    /** Null if this node does not lead the shard. */
    @Nullable RetainedPage read(RetainedQuery query) {
        return leadership == null ? null : leadership.read(query);
    }
}
