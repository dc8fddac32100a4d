package io.carillon.cluster.link;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.Control.Agreed;
import io.carillon.cluster.link.Control.Beat;
import io.carillon.cluster.link.Control.Hello;
import io.carillon.cluster.link.Control.Refusal;
import io.carillon.cluster.link.Control.Welcome;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending half of a link: dials a peer, over and over, and sends it what is in the {@link
 * Outbox}. On the links' loop.
 */
final class Sender implements Dialled.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private static final int STABLE_BEATS = 2;

    private enum State {
        WAITING,
        DIALLING,
        UP,
        GIVEN_UP
    }

    private final NodeId peer;
    private final Context context;
    private final Outbox outbox;
    private final Calls calls;
    private final LinkCounters counters;
    private final Outflow outflow;
    private final Redial redial;

    private State state = State.WAITING;
    private InetSocketAddress address;
    private long series;
    private @Nullable LinkIdentity known;
    private @Nullable Dialled connection;
    private boolean dialled;
    private boolean toldUnreachable;
    private int upBeats;

    /** A heartbeat waits for the wire: it goes before all that the wire is too full for. */
    private boolean sayDue;

    Sender(
            NodeId peer,
            InetSocketAddress address,
            Context context,
            Outbox outbox,
            Calls calls,
            LinkCounters counters) {
        this.peer = peer;
        this.address = address;
        this.context = context;
        this.outbox = outbox;
        this.calls = calls;
        this.counters = counters;
        this.outflow = new Outflow(outbox, calls, counters);
        this.redial = new Redial(context.settings(), context.random(), context.loop(), this::dial);
        this.series = context.numbers().incrementAndGet();
    }

    NodeId peer() {
        return peer;
    }

    /** Dials the peer there from now on; a connection that stands remains. */
    void dialAt(InetSocketAddress where) {
        boolean moved = !where.equals(address);
        address = where;
        boolean dialsAnyway = dialled && (!moved || state == State.UP);
        if (!dialsAnyway && state != State.GIVEN_UP) {
            dialled = true;
            redial.reset();
            toldUnreachable = false;
            dial();
        }
    }

    /** Ends for good; what is kept goes back. */
    void giveUp() {
        boolean wasUp = state == State.UP;
        state = State.GIVEN_UP;
        outbox.close();
        hangUp(null);
        calls.failSent("it was given up");
        if (wasUp) {
            context.listener().down(peer, "it was given up");
        }
        outflow.settle();
        handBack();
    }

    /** A call is in the outbox. */
    void asked(Call call, long timeoutMillis) {
        calls.limit(call, timeoutMillis);
        drain();
    }

    /** Sends what is there, as far as the wire takes it. */
    void drain() {
        outbox.drainBegins();
        Dialled to = connection;
        if (state != State.UP || to == null) {
            outflow.settle();
            if (state == State.GIVEN_UP) {
                handBack();
            }
            return;
        }
        while (to.isReady()) {
            MessagesFrame frame = outflow.nextFrame();
            if (frame == null) {
                return;
            }
            counters.framesOut.increment();
            counters.messagesOut.add(frame.messages());
            to.send(frame);
        }
        outbox.setBlocked(true);
    }

    /** The heartbeat of this node. */
    void beat() {
        switch (state) {
            case WAITING -> outflow.settle();
            case GIVEN_UP -> {}
            case DIALLING -> {
                if (isSilent()) {
                    lost("it does not answer");
                }
            }
            case UP -> {
                if (isSilent()) {
                    lost("it says nothing for " + context.settings().silenceMillisMax() + " ms");
                } else {
                    beatWhileUp();
                }
            }
        }
    }

    private boolean isSilent() {
        return connection != null && connection.isSilent();
    }

    private void beatWhileUp() {
        if (++upBeats == STABLE_BEATS) {
            redial.reset();
        }
        drain();
        say();
    }

    /** Sends a heartbeat if the peer is up, as soon as the wire takes one. */
    void say() {
        Dialled to = connection;
        if (state != State.UP || to == null) {
            return;
        }
        sayDue = !to.isReady();
        if (!sayDue) {
            Pulse pulse = context.pulse();
            to.send(ControlCodec.encode(new Beat(pulse.nowMillis(), pulse.wordFor(peer))));
        }
    }

    @Override
    public void agreed(Agreed answer) {
        context.pulse().agreed(peer, answer.word(), answer.saidMillis());
    }

    private void dial() {
        hangUp(null);
        state = State.DIALLING;
        long attempt = context.numbers().incrementAndGet();
        connection =
                Dialled.dial(
                        context.dialer(),
                        address,
                        new Hello(context.versions(), context.self(), peer, series, attempt),
                        this,
                        calls,
                        counters);
    }

    @Override
    public void acknowledged(long done) throws FrameDamaged {
        outflow.acknowledge(done);
    }

    @Override
    public void refused(Refusal refusal) {
        context.refusals().tell(refusal, described(), true);
        refused();
    }

    @Override
    public void ready() {
        outbox.setBlocked(false);
        if (sayDue) {
            say();
        }
        drain();
    }

    @Override
    public void welcomed(Welcome welcome) throws FrameDamaged {
        Refusal refusal = context.handshake().judge(welcome, peer, context.receivers().known(peer));
        if (refusal != null) {
            context.refusals().tell(refusal, described(), false);
            hangUp(ControlCodec.encode(refusal));
            refused();
            return;
        }
        LinkIdentity before = known;
        LinkIdentity now = welcome.from();
        outflow.settle();
        if (before != null && !before.equals(now)) {
            handBack();
        }
        if (!outflow.agrees(welcome.received(), welcome.done())) {
            // It was forgotten there how far it got.
            series = context.numbers().incrementAndGet();
            handBack();
            lost("it does not know what it has received");
            return;
        }
        known = now;
        outflow.resume(welcome.received(), welcome.done());
        up(now);
    }

    private void up(LinkIdentity now) {
        state = State.UP;
        upBeats = 0;
        toldUnreachable = false;
        counters.connects.increment();
        if (connection != null) {
            connection.up();
        }
        LOG.info("{} is connected, {}", described(), now.incarnation());
        outbox.setUp(true);
        context.listener().up(peer, now.incarnation());
        drain();
    }

    private void refused() {
        disconnected("it and this node refuse each other", redial::afterRefusal);
    }

    @Override
    public void lost(String reason) {
        disconnected(reason, redial::soon);
    }

    private void disconnected(String reason, Runnable dialAgain) {
        boolean wasUp = state == State.UP;
        hangUp(null);
        state = State.WAITING;
        outbox.setUp(false);
        calls.failSent(reason);
        outflow.settle();
        dialAgain.run();
        if (wasUp) {
            LOG.warn("{} is not connected any more: {}", described(), reason);
            context.listener().down(peer, reason);
        } else if (!toldUnreachable) {
            toldUnreachable = true;
            LOG.warn("{} is not reached, and tried again: {}", described(), reason);
        }
    }

    private void hangUp(@Nullable Frame last) {
        Dialled former = connection;
        connection = null;
        redial.cancel();
        if (former != null) {
            former.hangUp(last);
        }
    }

    private void handBack() {
        List<Kept> all = outflow.takeAll();
        if (!all.isEmpty()) {
            context.listener().returned(peer, all);
        }
    }

    private String described() {
        return "node " + peer + " at " + address;
    }
}
