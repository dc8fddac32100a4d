package io.carillon.recovery;

import io.carillon.testing.ConnectRefused;
import io.carillon.testing.RawClient;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client with a thread of its own that comes back whenever its broker dies, until told to end.
 */
final class Survivor {
    private static final int DEADLINE_SECONDS = 90;
    private static final int PAUSE_MILLIS = 20;

    /** What the client does again and again; each turn is short. */
    @FunctionalInterface
    interface Turn {
        /** Takes a turn; false if there is nothing left to do. */
        boolean take(RawClient client) throws IOException;
    }

    private final RawClient client;
    private final Place place;
    private final Turn turn;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CountDownLatch told = new CountDownLatch(1);

    /** Goes on with a client that is connected and whose session the broker has. */
    Survivor(RawClient client, Place place, Turn turn) {
        this.client = client;
        this.place = place;
        this.turn = turn;
        Thread.ofVirtual().start(this::run);
    }

    /** Fails if the client has failed. */
    void check() {
        if (end.isCompletedExceptionally()) {
            join();
        }
    }

    /** Ends it at the end of a turn; the connection stays. */
    void end() {
        told.countDown();
        join();
    }

    /** Waits until it has nothing left to do. */
    void join() {
        try {
            end.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("waits in vain for its broker: " + client, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void run() {
        try {
            boolean connected = true;
            while (told.getCount() > 0) {
                connected = connected ? goOn() : comeBack();
                if (end.isDone()) {
                    return;
                }
            }
            end.complete(null);
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    /** Takes turns until all is done or the broker has died. */
    private boolean goOn() {
        try {
            while (told.getCount() > 0) {
                if (!turn.take(client)) {
                    end.complete(null);
                    return true;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean comeBack() throws InterruptedException {
        try {
            if (!client.connect(place.next())) {
                throw new AssertionError("the broker has forgotten a session");
            }
            return true;
        } catch (ConnectRefused e) {
            if (!place.mayRefuse()) {
                throw new AssertionError(e);
            }
            return pause();
        } catch (IOException e) {
            return pause();
        }
    }

    /** Before it tries again; shorter if it is told to end. */
    private boolean pause() throws InterruptedException {
        told.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return false;
    }
}
