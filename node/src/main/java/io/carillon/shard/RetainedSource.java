package io.carillon.shard;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.function.Consumer;

/** Retained messages by filter, page by page. The caller asks for a page when it has room. */
@AnyThread
public interface RetainedSource {
    /** Where a look-up begins. */
    RetainedQuery retained(TopicFilter filter);

    /**
     * Reads a page; must not block.
     *
     * @param sink called once, on any thread; an unreadable source gives an empty last page
     */
    void read(RetainedQuery query, Consumer<RetainedPage> sink);
}
