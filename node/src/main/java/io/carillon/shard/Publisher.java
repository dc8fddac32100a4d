package io.carillon.shard;

import io.carillon.mqtt.packet.TopicFilter;

/** What a shard publishes by itself: wills, and messages of its clients that are numbered first. */
public interface Publisher {
    /**
     * Routes a publication to all that match. Any thread.
     *
     * @param receipt always told, perhaps before the call returns
     */
    void publish(Publication publication, Receipt receipt);

    /**
     * Gives a message that a leaving member of a shared subscription did not acknowledge to another
     * member, or drops it where there is none. Any thread.
     *
     * @param leavingClientId the client that does not get it again
     */
    void redispatch(
            Publication publication,
            TopicFilter sharedFilter,
            String leavingClientId,
            Receipt receipt);
}
