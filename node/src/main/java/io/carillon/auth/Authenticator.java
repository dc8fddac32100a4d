package io.carillon.auth;

import io.carillon.loop.AnyThread;
import java.util.function.Consumer;

/** A way to check who a client is that named no authentication method. */
@AnyThread
@FunctionalInterface
public interface Authenticator {
    /**
     * Checks a client. Called on its event loop, so it must not block: what hashes or asks others
     * does so elsewhere. The answer comes exactly once, now or later, on any thread.
     */
    void authenticate(Login login, Consumer<Verdict.Final> answer);
}
