package io.carillon.cluster.link;

import io.carillon.cluster.link.Control.Ack;
import io.carillon.cluster.link.Control.Agreed;
import io.carillon.cluster.link.Control.Beat;
import io.carillon.cluster.link.Control.Hello;
import io.carillon.cluster.link.Control.Refusal;
import io.carillon.cluster.link.Control.Welcome;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection that this node has opened to a peer: sends frames, says what comes, and notices
 * when nothing does. Once hung up it is not heard any more. On the links' loop.
 */
final class Dialled implements Wire.Listener {

    /** Who has opened it. */
    interface Owner {
        /** The peer accepts; {@link #up} is called if this node does, too. */
        void welcomed(Welcome welcome) throws FrameDamaged;

        void acknowledged(long done) throws FrameDamaged;

        void agreed(Agreed answer);

        void refused(Refusal refusal);

        /** Frames may be sent again. Only while it is up. */
        void ready();

        /** It is of no use any more, and to be hung up. */
        void lost(String reason);
    }

    private final Owner owner;
    private final Calls calls;
    private final LinkCounters counters;
    private final Silence silence = new Silence(LinkSettings.BEATS_PER_SILENCE);
    private @Nullable Wire wire;
    private boolean up;

    private Dialled(Owner owner, Calls calls, LinkCounters counters) {
        this.owner = owner;
        this.calls = calls;
        this.counters = counters;
    }

    /** Begins to connect, and says hello. */
    static Dialled dial(
            Wire.Dialer dialer,
            InetSocketAddress address,
            Hello hello,
            Owner owner,
            Calls calls,
            LinkCounters counters) {
        Dialled dialled = new Dialled(owner, calls, counters);
        Wire wire = dialer.dial(address, dialled);
        dialled.wire = wire;
        wire.send(ControlCodec.encode(hello));
        wire.request();
        return dialled;
    }

    /** From now on messages may be sent, and answers come. */
    void up() {
        up = true;
    }

    boolean isReady() {
        return wire != null && wire.isReady();
    }

    void send(Frame frame) {
        if (wire != null) {
            counters.bytesOut.add(frame.lengthBytes());
            wire.send(frame);
        }
    }

    /** One heartbeat has passed; true if the peer has been silent for too many. */
    boolean isSilent() {
        return silence.beat();
    }

    /** Ends it, with a last frame if there is something to tell. */
    void hangUp(@Nullable Frame last) {
        Wire former = wire;
        wire = null;
        if (former != null) {
            former.close(last);
        }
    }

    @Override
    public void received(ByteBuffer frame) {
        if (wire == null) {
            return;
        }
        silence.broken();
        try {
            read(frame);
        } catch (FrameDamaged e) {
            owner.lost("it sends what makes no sense: " + e.getMessage());
        }
        if (wire != null) {
            wire.request();
        }
    }

    private void read(ByteBuffer frame) throws FrameDamaged {
        if (!frame.hasRemaining()) {
            throw new FrameDamaged("an empty frame");
        }
        if (up && frame.get(frame.position()) == FrameType.ANSWERS) {
            counters.bytesIn.add(frame.remaining());
            frame.get();
            AnswersFrame.read(frame).forEach(calls::answered);
            return;
        }
        Control control = ControlCodec.decode(frame);
        switch (control) {
            case Welcome welcome when !up -> owner.welcomed(welcome);
            case Ack ack when up -> owner.acknowledged(ack.done());
            case Agreed agreed when up -> owner.agreed(agreed);
            case Refusal refusal -> owner.refused(refusal);
            case Hello _, Welcome _, Ack _, Beat _, Agreed _ ->
                    throw new FrameDamaged("a frame out of place: " + control);
        }
    }

    @Override
    public void ready() {
        if (wire != null && up) {
            owner.ready();
        }
    }

    @Override
    public void closed(String reason) {
        if (wire != null) {
            owner.lost(reason);
        }
    }
}
