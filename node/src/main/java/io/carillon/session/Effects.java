package io.carillon.session;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.record.Queued;
import io.carillon.record.ShardRecord;

/**
 * What an event brings about. The one that is called decides when: a packet that promises something
 * can only leave through {@link #sendAfterCommit}.
 */
public interface Effects {
    /** Appends a record to the shard's log. */
    void append(ShardRecord record);

    /** The session is done with an entry of its queue: acknowledged, expired or dropped. */
    void done(long session, Queued queued);

    /** The subscriber has the message of an entry (PUBREC): its identifier is still needed. */
    void released(long session, Queued queued);

    /** Sends a packet now: it promises nothing that a crash could break. */
    void send(Packet packet);

    /** Sends a packet once every record appended so far is durable. */
    void sendAfterCommit(Packet packet);

    /** Ends the connection: the client broke the protocol. */
    void violation(ReasonCode reason, String cause);

    /** True while the connection can't take more packets. */
    boolean congested();
}
