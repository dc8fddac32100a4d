package io.carillon.cluster.link;

/** Takes what peers say. On the links' loop; never blocks. */
public interface PeerHandler {

    /**
     * A batch of one peer, in the order of its sending. Nothing more than {@link
     * LinkSettings#windowBytes} is read from that peer until batches are {@link Batch#done done}
     * with.
     */
    void received(Batch batch);
}
