package io.carillon.recovery;

import java.net.InetSocketAddress;

/** Where clients find their broker. Any thread. */
public interface Place {
    /** Where to try next; waits while there is nowhere. */
    InetSocketAddress next() throws InterruptedException;

    /**
     * Whether what clients want may be refused for a while there, CONNECT and PUBLISH alike. They
     * connect again then; a refused message is none that must come.
     */
    boolean mayRefuse();
}
