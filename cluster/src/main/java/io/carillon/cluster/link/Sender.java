package io.carillon.cluster.link;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.Control.Ack;
import io.carillon.cluster.link.Control.Hello;
import io.carillon.cluster.link.Control.Refusal;
import io.carillon.cluster.link.Control.Welcome;
import io.carillon.loop.Loop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending half of a link: dials a peer, over and over, and sends it what is in the {@link
 * Outbox}. On the links' loop.
 */
final class Sender {
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
    private final Silence silence = new Silence(LinkSettings.BEATS_PER_SILENCE);
    private final Redial redial;

    private State state = State.WAITING;
    private InetSocketAddress address;
    private long series;
    private @Nullable LinkIdentity known;
    private @Nullable Dialled connection;
    private @Nullable Wire wire;
    private Loop.@Nullable Timer redialTimer;
    private boolean dialled;
    private boolean toldUnreachable;
    private boolean sentSinceBeat;
    private int upBeats;

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
        this.redial = new Redial(context.settings(), context.random());
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
        Wire to = wire;
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
            send(to, frame);
        }
        outbox.setBlocked(true);
    }

    /** The heartbeat of this node. */
    void beat() {
        switch (state) {
            case WAITING -> outflow.settle();
            case GIVEN_UP -> {}
            case DIALLING -> {
                if (silence.beat()) {
                    lost("it does not answer");
                }
            }
            case UP -> {
                if (silence.beat()) {
                    lost("it says nothing for " + context.settings().silenceMillisMax() + " ms");
                } else {
                    beatWhileUp();
                }
            }
        }
    }

    private void beatWhileUp() {
        if (++upBeats == STABLE_BEATS) {
            redial.reset();
        }
        drain();
        Wire to = wire;
        if (to != null && !sentSinceBeat && to.isReady()) {
            send(to, new MessagesFrame(outflow.nextKept(), List.of()));
        }
        sentSinceBeat = false;
    }

    private void dial() {
        hangUp(null);
        state = State.DIALLING;
        silence.broken();
        Dialled next = new Dialled();
        connection = next;
        Wire to = context.dialer().dial(address, next);
        wire = to;
        long attempt = context.numbers().incrementAndGet();
        to.send(
                ControlCodec.encode(
                        new Hello(context.versions(), context.self(), peer, series, attempt)));
        to.request();
    }

    private void received(ByteBuffer frame) {
        silence.broken();
        try {
            if (!frame.hasRemaining()) {
                throw new FrameDamaged("an empty frame");
            }
            boolean answers = frame.get(frame.position()) == FrameType.ANSWERS;
            if (answers && state == State.UP) {
                counters.bytesIn.add(frame.remaining());
                frame.get();
                AnswersFrame.read(frame).forEach(calls::answered);
            } else {
                control(ControlCodec.decode(frame));
            }
        } catch (FrameDamaged e) {
            lost("it sends what makes no sense: " + e.getMessage());
            return;
        }
        Wire from = wire;
        if (from != null) {
            from.request();
        }
    }

    private void control(Control control) throws FrameDamaged {
        switch (control) {
            case Welcome welcome when state == State.DIALLING -> welcomed(welcome);
            case Ack ack when state == State.UP -> outflow.acknowledge(ack.done());
            case Refusal refusal -> {
                context.refusals().tell(refusal, described(), true);
                refused();
            }
            case Hello _, Welcome _, Ack _ ->
                    throw new FrameDamaged("a frame out of place: " + control);
        }
    }

    private void welcomed(Welcome welcome) throws FrameDamaged {
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
        LOG.info("{} is connected, {}", described(), now.incarnation());
        outbox.setUp(true);
        context.listener().up(peer, now.incarnation());
        drain();
    }

    private void refused() {
        disconnected("it and this node refuse each other", redial.afterRefusalMillis());
    }

    private void lost(String reason) {
        disconnected(reason, redial.nextMillis());
    }

    private void disconnected(String reason, long waitMillis) {
        boolean wasUp = state == State.UP;
        hangUp(null);
        state = State.WAITING;
        outbox.setUp(false);
        calls.failSent(reason);
        outflow.settle();
        redialTimer = context.loop().schedule(waitMillis, this::dial);
        if (wasUp) {
            LOG.warn("{} is not connected any more: {}", described(), reason);
            context.listener().down(peer, reason);
        } else if (!toldUnreachable) {
            toldUnreachable = true;
            LOG.warn("{} is not reached, and tried again: {}", described(), reason);
        }
    }

    private void hangUp(@Nullable Frame last) {
        Wire former = wire;
        wire = null;
        connection = null;
        if (redialTimer != null) {
            redialTimer.cancel();
            redialTimer = null;
        }
        if (former != null) {
            former.close(last);
        }
    }

    private void handBack() {
        List<Kept> all = outflow.takeAll();
        if (!all.isEmpty()) {
            context.listener().returned(peer, all);
        }
    }

    private void send(Wire to, Frame frame) {
        sentSinceBeat = true;
        counters.bytesOut.add(frame.lengthBytes());
        to.send(frame);
    }

    private String described() {
        return "node " + peer + " at " + address;
    }

    /** One connection; what an earlier one still says is not heard. */
    private final class Dialled implements Wire.Listener {
        @Override
        public void received(ByteBuffer frame) {
            if (connection == this) {
                Sender.this.received(frame);
            }
        }

        @Override
        public void ready() {
            if (connection == this && state == State.UP) {
                outbox.setBlocked(false);
                drain();
            }
        }

        @Override
        public void closed(String reason) {
            if (connection == this) {
                lost(reason);
            }
        }
    }
}
