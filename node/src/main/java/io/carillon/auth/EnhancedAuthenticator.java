package io.carillon.auth;

import io.carillon.loop.AnyThread;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A method of enhanced authentication, for CONNECT and AUTH of MQTT 5.0. Source: 4.12. */
@AnyThread
public interface EnhancedAuthenticator {
    /** The method's name, as clients give it. */
    String method();

    /** Begins to authenticate a client, which may be connected already. Does not block. */
    Exchange begin(Login login);

    /** One client's authentication under way; its steps come one after the other. */
    @FunctionalInterface
    interface Exchange {
        /**
         * Goes on with what the client sent. Called on its event loop, so it must not block. The
         * answer comes exactly once per step, now or later, on any thread; after one that is final
         * there is no further step.
         */
        void step(byte @Nullable [] data, Consumer<Verdict> answer);
    }
}
