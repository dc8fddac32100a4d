package io.carillon.node;

import io.carillon.config.CarillonConfig;
import io.carillon.config.ConfigReader;
import io.carillon.config.Startup;
import io.carillon.config.Version;
import io.carillon.logging.Logging;
import io.carillon.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process: reads its arguments, runs a node, and stops it in good order on SIGTERM. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /** Ends with 0 after SIGTERM or SIGINT, with 1 if the node cannot start. */
    public static void main(String[] arguments) {
        ConfigReader reader = ConfigReader.ofProcess();
        switch (Startup.of(List.of(arguments), reader, System.out, System.err)) {
            case Startup.Exit(int status) -> System.exit(status);
            case Startup.RecoverAlone alone -> recover(alone);
            case Startup.Run(CarillonConfig config) -> run(config);
        }
    }

    private static void recover(Startup.RecoverAlone asked) {
        try {
            System.exit(
                    new LoneRecovery(asked.config(), asked.gone(), System.out).run(asked.yes()));
        } catch (StartException | StorageException e) {
            System.err.println("carillon: nothing is recovered: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(CarillonConfig config) {
        Logging logging = Logging.start(config.log());
        LOG.info("carillon {} starts as node {}", Version.TEXT, config.node().name());
        CompletableFuture<Broker> started = new CompletableFuture<>();
        // Before the start, so that a signal during it waits for its end and finds all in order.
        Thread stop = new Thread(() -> stop(started, config, logging), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            Broker broker = Broker.start(config, logging::lost);
            started.complete(broker);
            broker.over().thenAccept(Main::end);
            awaitServing(broker);
            System.out.println(
                    "carillon ready in " + millisSinceStart() + " ms: " + broker.summary());
        } catch (StartException | StorageException e) {
            started.cancel(false);
            logging.close();
            System.err.println("carillon cannot start: " + e.getMessage());
            System.exit(1);
        } finally {
            started.cancel(false); // in case of a bug: there is nothing to stop
        }
    }

    /** The node's cluster does without it: a supervisor may start it again. */
    private static void end(String reason) {
        System.err.println("carillon stops: " + reason);
        Thread.ofPlatform().name("end").start(() -> System.exit(1));
    }

    private static void awaitServing(Broker broker) throws StartException {
        try {
            broker.serving().join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartException(String.valueOf(cause.getMessage()));
        }
    }

    /** Runs as the process ends; without the halt its status would be that of the signal. */
    private static void stop(
            CompletableFuture<Broker> started, CarillonConfig config, Logging logging) {
        long timeoutMillis = config.node().shutdownTimeoutMillis();
        Thread.ofPlatform().daemon().name("stop-limit").start(() -> haltAfter(timeoutMillis));
        try {
            Broker broker = started.join();
            LOG.info("carillon stops");
            broker.close();
            LOG.info("carillon has stopped");
        } catch (CancellationException e) {
            return; // it did not start, and ends with the status that says so
        }
        logging.close();
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void haltAfter(long millis) {
        try {
            // Nobody counts down: this is a wait that ends with the process.
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.println(
                "carillon did not stop within " + millis + " ms (node.shutdownTimeout): it ends");
        Runtime.getRuntime().halt(1);
    }

    private static long millisSinceStart() {
        Instant now = Instant.now();
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, now).toMillis())
                .orElse(0L);
    }
}
