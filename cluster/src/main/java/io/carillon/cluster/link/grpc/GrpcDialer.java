package io.carillon.cluster.link.grpc;

import io.carillon.cluster.link.LinkSettings;
import io.carillon.cluster.link.Wire;
import io.carillon.loop.Loop;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;

/** Opens wires: for each a channel with one connection and one stream, which end together. */
final class GrpcDialer implements Wire.Dialer {
    private final IoLoop io;
    private final Loop loop;
    private final Credentials credentials;
    private final LinkSettings settings;

    GrpcDialer(IoLoop io, Loop loop, Credentials credentials, LinkSettings settings) {
        this.io = io;
        this.loop = loop;
        this.credentials = credentials;
        this.settings = settings;
    }

    @Override
    public Wire dial(InetSocketAddress address, Wire.Listener listener) {
        credentials.refresh();
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(address, credentials.channel())
                        .overrideAuthority(LinkMethod.SERVICE)
                        .eventLoopGroup(io.group())
                        .channelType(io.channel())
                        .directExecutor()
                        .disableRetry()
                        .proxyDetector(_ -> null)
                        .flowControlWindow(GrpcLinks.FLOW_CONTROL_BYTES)
                        .maxInboundMessageSize(settings.frameBytesMax())
                        .withOption(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) settings.silenceMillisMax())
                        .build();
        DialledWire wire = new DialledWire(loop, channel, address.toString(), listener);
        wire.open();
        return wire;
    }
}
