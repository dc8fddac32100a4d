package io.carillon.net;

import io.carillon.auth.Login;
import io.carillon.loop.AnyThread;
import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.codec.MalformedPacket;
import io.carillon.mqtt.codec.PacketDecoder;
import io.carillon.mqtt.codec.Side;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.net.lane.IoLane;
import io.carillon.net.lane.NetCount;
import io.carillon.net.lane.ReadGate;
import io.carillon.session.ProtocolViolation;
import io.carillon.shard.Attached;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way between the bytes of one client and the {@link Stage} that handles its packets: decodes,
 * catches what is wrong with a packet in one place, and ends the connection once.
 */
@OnEventLoop
final class Wire {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final AtomicIntegerFieldUpdater<Wire> TOLD_TO_CLOSE =
            AtomicIntegerFieldUpdater.newUpdater(Wire.class, "toldToClose");

    private final ListenerInfo listener;
    private final IoLane lane;
    private final ChannelHandlerContext context;
    private final Set<Wire> open;
    private final PacketDecoder decoder;
    private final Input input;
    private final Outbound out;
    private final ReadGate gate;
    private final Broker broker;
    private @Nullable SlowReader slowReader;
    private Stage stage;
    private boolean processing;
    private volatile boolean closed;

    /** 1 once somebody told it to close. */
    private volatile int toldToClose;

    Wire(
            Broker broker,
            ListenerInfo listener,
            IoLane lane,
            ChannelHandlerContext context,
            Set<Wire> open) {
        this.broker = broker;
        this.listener = listener;
        this.lane = lane;
        this.context = context;
        this.open = open;
        this.decoder = new PacketDecoder(broker.decoderLimits(), broker.clock(), Side.SERVER);
        this.input = new Input(decoder);
        this.out = new Outbound(context, lane, broker);
        this.gate = new ReadGate(context.channel(), this::resume);
        this.stage = new ConnectFlow(this, broker);
    }

    void open() {
        open.add(this);
        lane.counts().increment(NetCount.CONNECTIONS_OPENED);
    }

    IoLane lane() {
        return lane;
    }

    /** What the client shows of itself. */
    Login login(String clientId, @Nullable String userName, byte @Nullable [] password) {
        return new Login(
                clientId,
                userName,
                password,
                listener.certificates().of(context.channel()),
                ClientAddress.of(context.channel()),
                context.channel().localAddress(),
                listener.name());
    }

    PacketDecoder decoder() {
        return decoder;
    }

    Outbound out() {
        return out;
    }

    ReadGate gate() {
        return gate;
    }

    boolean isClosed() {
        return closed;
    }

    void count(NetCount count) {
        lane.counts().increment(count);
    }

    /** Writes a packet; false if it is not for this client, see {@link Outbound#write}. */
    boolean write(Packet packet) {
        return out.write(packet);
    }

    /** From now on packets go there. */
    void stage(Stage next) {
        stage = next;
    }

    /** Runs a task on the event loop: now if this is it. */
    @AnyThread
    void run(Runnable task) {
        if (lane.loop().inEventLoop()) {
            task.run();
        } else {
            lane.post(task);
        }
    }

    // What happens to the channel.

    void received(ByteBuf bytes) {
        if (closed) {
            bytes.release();
            return;
        }
        lane.counts().add(NetCount.BYTES_RECEIVED, bytes.readableBytes());
        input.add(bytes, context.alloc());
        process();
    }

    /** Handles the packets that were read, as far as the gate lets them. */
    private void process() {
        if (processing) {
            return;
        }
        processing = true;
        try {
            while (!closed && gate.isOpen()) {
                Packet packet = input.next();
                if (packet == null) {
                    break;
                }
                lane.counts().increment(NetCount.PACKETS_RECEIVED);
                stage.packet(packet);
            }
        } catch (MalformedPacket e) { // [MQTT-3.1.4-1] [MQTT3-3.1.4-1]
            wrong(e.reason(), String.valueOf(e.getMessage()));
        } catch (ProtocolViolation e) {
            wrong(e.reason(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            processing = false;
            if (closed) {
                input.clear();
            } else {
                input.trim();
                if (!gate.isOpen() && !input.isEmpty()) {
                    gate.stopReading();
                }
            }
        }
    }

    /** The gate is open again: what was read meanwhile is handled in a turn of its own. */
    private void resume() {
        if (!processing) {
            process();
            turnEnded();
        }
    }

    void turnEnded() {
        if (!closed) {
            stage.turnEnded();
        }
    }

    void writabilityChanged() {
        if (!closed) {
            boolean congested = out.congested();
            if (congested || slowReader != null) {
                slowReader().congested(congested);
            }
            if (!congested) {
                stage.writable();
            }
        }
    }

    private SlowReader slowReader() {
        SlowReader current = slowReader;
        if (current == null) {
            current =
                    new SlowReader(
                            lane.timeouts(),
                            broker.limits().slowReaderTimeoutMillis(),
                            this::readsTooSlowly);
            slowReader = current;
        }
        return current;
    }

    private void readsTooSlowly() {
        count(NetCount.SLOW_READERS_DISCONNECTED);
        close(ReasonCode.QUOTA_EXCEEDED, "the client does not read what it is sent");
    }

    // What the shard says.

    void attached(Attached attached) {
        if (stage instanceof ConnectFlow flow) {
            flow.attached(attached);
        }
    }

    void refused(ReasonCode reason, String cause) {
        if (!closed) {
            close(reason, cause);
        }
    }

    /** Packets of the durable session. */
    void fromSession(List<Packet> packets) {
        if (!closed && stage instanceof Conversation conversation) {
            conversation.fromSession(packets);
        }
    }

    /** The durable session has another leader. */
    void leaderChanged() {
        if (!closed && stage instanceof Conversation conversation) {
            conversation.leaderChanged();
        }
    }

    // The end.

    /** The client sent what it may not [MQTT-4.13.1-1] [MQTT3-4.8.0-1]. */
    private void wrong(ReasonCode reason, String cause) {
        lane.counts().increment(NetCount.PROTOCOL_ERRORS);
        close(reason, cause);
    }

    /** We have a bug: it costs this connection [MQTT3-4.8.0-2] and no other. */
    void failed(RuntimeException e) {
        count(NetCount.FAILURES);
        LOG.error(
                "client {} at {}: a packet could not be handled", stage.clientName(), address(), e);
        close(ReasonCode.UNSPECIFIED_ERROR, "the server failed");
    }

    /**
     * Ends the connection and tells the client why, if it can be told; after that it is sent
     * nothing [MQTT-3.14.4-1] [MQTT-3.14.4-2] [MQTT-4.13.2-1].
     */
    void close(ReasonCode reason, String cause) {
        if (closed) {
            return;
        }
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "client {} at {} disconnected: {} ({})",
                    stage.clientName(),
                    address(),
                    reason,
                    cause);
        }
        MqttVersion version = decoder.version();
        if (!out.hasVersion() && version != null) {
            // A CONNECT that was malformed behind its version.
            out.version(version);
        }
        Packet farewell = stage.farewell(reason, cause);
        if (farewell != null) {
            out.write(farewell);
        }
        end();
    }

    /** Ends the connection without a word: the client said goodbye, or there was no CONNECT. */
    void closeSilently(String cause) {
        if (!closed) {
            if (LOG.isDebugEnabled()) {
                LOG.debug("client {} at {} closed: {}", stage.clientName(), address(), cause);
            }
            end();
        }
    }

    /** The network connection is gone. */
    void lost(String cause) {
        closeSilently(cause);
    }

    /** Ends the connection soon; returns false if it has ended, or was told to already. */
    @AnyThread
    boolean closeLater(ReasonCode reason, String cause) {
        if (closed || toldToClose != 0 || !TOLD_TO_CLOSE.compareAndSet(this, 0, 1)) {
            return false;
        }
        lane.post(() -> close(reason, cause));
        return true;
    }

    private String address() {
        return ClientAddress.text(context.channel());
    }

    private void end() {
        closed = true;
        open.remove(this);
        lane.counts().increment(NetCount.CONNECTIONS_CLOSED);
        if (slowReader != null) {
            slowReader.stop();
        }
        try {
            stage.ended();
        } finally {
            out.close();
            if (!processing) {
                input.clear();
            }
        }
    }

    /**
     * By channel, so that the order of a set of them is not another in each run of a simulation.
     */
    @Override
    public int hashCode() {
        return context.channel().id().hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }
}
