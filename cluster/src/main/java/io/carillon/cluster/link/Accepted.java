package io.carillon.cluster.link;

import io.carillon.cluster.link.Control.Ack;
import io.carillon.cluster.link.Control.Agreed;
import io.carillon.cluster.link.Control.Beat;
import io.carillon.cluster.link.Control.Hello;
import io.carillon.cluster.link.Control.Refusal;
import io.carillon.cluster.link.Control.Welcome;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that a peer has opened: its hello, then its messages in, acknowledgements and
 * answers out. On the links' loop.
 */
final class Accepted implements Wire.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Accepted.class);

    /**
     * Who hangs is noticed over the connection that this node has opened. This one may be silent
     * for longer: while a large body comes in over a slow network nothing else does.
     */
    private static final int SILENT_BEATS_MAX = 10 * LinkSettings.BEATS_PER_SILENCE;

    /**
     * An acknowledgement only frees the sender's memory: it may wait for more, so that a trickle of
     * messages does not cost as many frames back. What came meanwhile is not sent again if the
     * connection breaks: the next welcome says so.
     */
    private static final long ACK_MILLIS = 100;

    private static final long ACK_BYTES = 256 << 10;

    private final Context context;
    private final Wire wire;
    private final Function<Hello, Receiver> newReceiver;
    private final Consumer<Accepted> whenClosed;
    private final Answers answers;
    private Silence silence = new Silence(LinkSettings.BEATS_PER_SILENCE);
    private @Nullable Receiver receiver;

    /** One that is not answered, since the wire was full; an earlier one needs no answer. */
    private @Nullable Beat lastBeat;

    private boolean closed;
    private boolean reading;
    private boolean ackAsked;
    private boolean sentSinceBeat;
    private long acknowledged;
    private long unacknowledgedBytes;

    Accepted(
            Context context,
            Wire wire,
            Function<Hello, Receiver> newReceiver,
            Consumer<Accepted> whenClosed) {
        this.context = context;
        this.wire = wire;
        this.newReceiver = newReceiver;
        this.whenClosed = whenClosed;
        this.answers =
                new Answers(
                        context.settings().bodyBytesMax(), () -> context.post(this::sendAnswers));
        read();
    }

    /** Whether it has not said who it is. */
    boolean isStranger() {
        return receiver == null;
    }

    @Override
    public void received(ByteBuffer frame) {
        if (closed) {
            return;
        }
        reading = false;
        silence.broken();
        try {
            if (!frame.hasRemaining()) {
                throw new FrameDamaged("an empty frame");
            }
            Receiver to = receiver;
            if (to != null && frame.get(frame.position()) == FrameType.MESSAGES) {
                int bytes = frame.remaining();
                frame.get();
                to.take(frame, bytes, answers);
            } else {
                control(ControlCodec.decode(frame));
            }
        } catch (FrameDamaged e) {
            LOG.warn("{} sends what makes no sense: {}", wire.remote(), e.getMessage());
            close("it sends what makes no sense");
        }
        read();
    }

    @Override
    public void ready() {
        if (!closed) {
            answerBeat();
            sendAck();
            sendAnswers();
        }
    }

    @Override
    public void closed(String reason) {
        if (!closed) {
            LOG.debug("{} has closed: {}", wire.remote(), reason);
            end();
        }
    }

    /** Ends the connection. */
    void close(String reason) {
        if (!closed) {
            LOG.debug("the connection of {} is closed: {}", wire.remote(), reason);
            end();
            wire.close(null);
        }
    }

    /** The handler is done with so much more. */
    void progressed(long bytes) {
        read();
        Receiver from = receiver;
        if (from == null || from.done() == acknowledged) {
            return; // nothing of it was kept
        }
        unacknowledgedBytes += bytes;
        if (unacknowledgedBytes >= ACK_BYTES) {
            sendAck();
        } else if (!ackAsked) {
            ackAsked = true;
            context.loop().schedule(ACK_MILLIS, this::sendAckInTime);
        }
    }

    /** The heartbeat of this node. */
    void beat() {
        if (!reading) {
            silence.broken(); // it is not listened to
        } else if (silence.beat()) {
            close("it says nothing");
            return;
        }
        Receiver from = receiver;
        if (from != null && !sentSinceBeat && wire.isReady()) {
            send(from.done());
        }
        sentSinceBeat = false;
    }

    private void control(Control control) throws FrameDamaged {
        switch (control) {
            case Hello hello when receiver == null -> hello(hello);
            case Refusal refusal -> {
                context.refusals().tell(refusal, wire.remote(), true);
                close("it refuses this node");
            }
            case Beat beat when receiver != null -> {
                lastBeat = beat;
                answerBeat();
            }
            case Hello _, Welcome _, Ack _, Beat _, Agreed _ ->
                    throw new FrameDamaged("a frame out of place: " + control);
        }
    }

    private void answerBeat() {
        Beat beat = lastBeat;
        Receiver from = receiver;
        if (beat == null || from == null || !wire.isReady()) {
            return;
        }
        lastBeat = null;
        LinkIdentity peer = from.identity();
        if (context.pulse().agrees(peer.node(), peer.incarnation(), beat.word())) {
            sentSinceBeat = true;
            wire.send(ControlCodec.encode(new Agreed(beat.saidMillis(), beat.word())));
        }
    }

    private void hello(Hello hello) {
        Refusal refusal =
                context.handshake().judge(hello, context.receivers().known(hello.from().node()));
        if (refusal != null) {
            context.refusals().tell(refusal, wire.remote(), false);
            end();
            wire.close(ControlCodec.encode(refusal));
            return;
        }
        int version = context.versions().highestCommon(hello.versions()).orElseThrow();
        Receiver to = context.receivers().of(hello, newReceiver);
        receiver = to;
        silence = new Silence(SILENT_BEATS_MAX);
        to.connected(this, hello.attempt());
        acknowledged = to.done();
        wire.send(
                ControlCodec.encode(
                        new Welcome(version, context.self(), to.received(), to.done())));
    }

    private void read() {
        boolean full = receiver != null && receiver.isFull();
        if (!closed && !reading && !full) {
            reading = true;
            wire.request();
        }
    }

    private void sendAckInTime() {
        ackAsked = false;
        sendAck();
    }

    private void sendAck() {
        Receiver from = receiver;
        if (!closed && from != null && from.done() > acknowledged && wire.isReady()) {
            send(from.done());
        }
    }

    private void send(long done) {
        acknowledged = done;
        unacknowledgedBytes = 0;
        sentSinceBeat = true;
        wire.send(ControlCodec.encode(new Ack(done)));
    }

    private void sendAnswers() {
        answers.sendBegins();
        while (!closed && wire.isReady()) {
            AnswersFrame frame = answers.poll();
            if (frame == null) {
                return;
            }
            sentSinceBeat = true;
            wire.send(frame);
        }
        if (answers.bytes() > context.settings().keptBytesMax()) {
            close("it does not take its answers");
        }
    }

    private void end() {
        closed = true;
        if (receiver != null) {
            receiver.disconnected(this);
        }
        whenClosed.accept(this);
    }
}
