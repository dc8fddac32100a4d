package io.carillon.auth;

import io.carillon.mqtt.packet.ReasonCode;
import org.jspecify.annotations.Nullable;

/** The outcome of a step of authentication. */
public sealed interface Verdict {
    /** What decides: the client is let in or not. */
    sealed interface Final extends Verdict {}

    /**
     * The client is who it says.
     *
     * @param data for the client, or null; from enhanced authentication only
     */
    record Accepted(Identity identity, byte @Nullable [] data) implements Final {
        public Accepted(Identity identity) {
            this(identity, null);
        }
    }

    /**
     * The client is not let in.
     *
     * @param reason an error
     * @param cause for the log, and not for the client
     */
    record Refused(ReasonCode reason, String cause) implements Final {
        public Refused {
            if (!reason.isError()) {
                throw new IllegalArgumentException("a refusal needs an error, not " + reason);
            }
        }
    }

    /**
     * The client has to say more.
     *
     * @param data for the client, or null
     */
    record Challenge(byte @Nullable [] data) implements Verdict {}
}
