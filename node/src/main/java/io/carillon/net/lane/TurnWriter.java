package io.carillon.net.lane;

import io.carillon.loop.OnEventLoop;
import io.netty.buffer.ByteBufAllocator;

/** Gathers what is written in a turn of a loop, and sends it when the turn ends. */
@OnEventLoop
public interface TurnWriter {

    void flush();

    /** Where its buffers come from. */
    ByteBufAllocator allocator();
}
