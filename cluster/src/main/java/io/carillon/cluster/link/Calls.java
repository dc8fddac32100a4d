package io.carillon.cluster.link;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The calls to one peer: at most so many are open. On the links' loop where not said otherwise. */
final class Calls {
    private final NodeId peer;
    private final Loop loop;
    private final int openMax;
    private final LinkCounters counters;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Long, Call> sent = new HashMap<>();
    private long lastId;

    Calls(NodeId peer, Loop loop, int openMax, LinkCounters counters) {
        this.peer = peer;
        this.loop = loop;
        this.openMax = openMax;
        this.counters = counters;
    }

    /** A new call; null if there are too many. Any thread. */
    @Nullable Call begin() {
        counters.calls.increment();
        if (open.incrementAndGet() > openMax) {
            open.decrementAndGet();
            return null;
        }
        return new Call();
    }

    /** A call that was begun and cannot be sent. Any thread. */
    void abandon() {
        open.decrementAndGet();
    }

    /** A result for whoever calls in vain. Any thread. */
    CompletableFuture<byte[]> failed(CallFailed.Reason reason, String why) {
        counters.callsFailed.increment();
        return CompletableFuture.failedFuture(new CallFailed(reason, peer, why));
    }

    int open() {
        return open.get();
    }

    void limit(Call call, long timeoutMillis) {
        if (!call.isFinished()) {
            String why = "no answer within " + timeoutMillis + " ms";
            call.endsBy(
                    loop.schedule(timeoutMillis, () -> fail(call, CallFailed.Reason.TIMEOUT, why)));
        }
    }

    /** The call is about to be sent; false if it has ended before. */
    boolean sending(Call call) {
        if (call.isFinished()) {
            return false;
        }
        call.numbered(++lastId);
        sent.put(lastId, call);
        return true;
    }

    void answered(Answer answer) {
        Call call = sent.get(answer.id());
        if (call == null) {
            return; // too late
        }
        if (answer.ok()) {
            if (finish(call)) {
                call.result().complete(answer.body());
            }
        } else {
            String why = new String(answer.body(), StandardCharsets.UTF_8);
            fail(call, CallFailed.Reason.REFUSED, why);
        }
    }

    void fail(Call call, CallFailed.Reason reason, String why) {
        if (finish(call)) {
            counters.callsFailed.increment();
            call.result().completeExceptionally(new CallFailed(reason, peer, why));
        }
    }

    /** None that was sent can be answered any more. */
    void failSent(String why) {
        for (Call each : List.copyOf(sent.values())) {
            fail(each, CallFailed.Reason.DOWN, why);
        }
    }

    private boolean finish(Call call) {
        if (!call.finish()) {
            return false;
        }
        sent.remove(call.id());
        open.decrementAndGet();
        return true;
    }
}
