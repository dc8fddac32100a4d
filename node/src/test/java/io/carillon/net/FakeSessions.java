package io.carillon.net;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.session.SubscribeCommand;
import io.carillon.shard.AttachRequest;
import io.carillon.shard.Attached;
import io.carillon.shard.SessionOwner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shards that answer at once, or when the test says so, and remember what they were asked. */
final class FakeSessions implements SessionOwner {
    record Detached(String clientId, long attachment, boolean dropWill, long sessionExpiry) {}

    final List<AttachRequest> requests = new ArrayList<>();
    final List<Detached> detached = new ArrayList<>();
    final List<Packet> packets = new ArrayList<>();
    final List<SubscribeCommand> subscribes = new ArrayList<>();
    final Map<String, AttachRequest> live = new HashMap<>();
    boolean held;
    boolean sessionPresent;
    boolean congested;
    int drained;
    private long attachments;

    /** Whether connections remember what another leader has to know. */
    boolean leadersChange;

    int changesSeen;

    AttachRequest last() {
        return requests.getLast();
    }

    @Override
    public void attach(AttachRequest request) {
        requests.add(request);
        if (!held) {
            answer(request);
        }
    }

    void answer(AttachRequest request) {
        AttachRequest old = live.put(request.clientId(), request);
        if (old != null) {
            old.outlet().close(ReasonCode.SESSION_TAKEN_OVER, "another connection");
        }
        boolean durable = request.sessionExpirySeconds() > 0;
        request.outlet().attached(new Attached(++attachments, sessionPresent, durable));
    }

    @Override
    public void detach(String clientId, long attachment, boolean dropWill, long sessionExpiry) {
        detached.add(new Detached(clientId, attachment, dropWill, sessionExpiry));
    }

    @Override
    public void subscribe(String clientId, long attachment, SubscribeCommand command) {
        subscribes.add(command);
    }

    @Override
    public void packets(String clientId, long attachment, List<Packet> batch) {
        packets.addAll(batch);
    }

    @Override
    public void drained(String clientId, long attachment) {
        drained++;
    }

    @Override
    public void leaderChangeSeen(String clientId, long attachment) {
        changesSeen++;
    }

    @Override
    public boolean leadersChange() {
        return leadersChange;
    }

    @Override
    public boolean congested() {
        return congested;
    }
}
