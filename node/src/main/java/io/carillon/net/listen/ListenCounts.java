package io.carillon.net.listen;

import java.util.concurrent.atomic.LongAdder;

/**
 * What listeners count. Each only ever grows; any thread.
 *
 * @param acceptFailures times that the system refused to accept a connection
 * @param refusals connections over the limit
 * @param tlsFailures handshakes that failed
 * @param webSocketRefusals HTTP requests that opened no WebSocket
 */
public record ListenCounts(
        LongAdder acceptFailures,
        LongAdder refusals,
        LongAdder tlsFailures,
        LongAdder webSocketRefusals) {

    public ListenCounts() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
