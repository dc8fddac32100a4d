package io.carillon.bench.scenario;

import io.carillon.bench.client.Client;
import io.carillon.bench.client.Identity;
import io.carillon.bench.client.LoadException;
import io.carillon.bench.client.LoadLoops;
import io.carillon.bench.report.Report;
import io.carillon.bench.report.Samples;
import io.carillon.bench.report.Tally;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the scenarios share: settings, event loops, and names that no other run uses.
 *
 * @param name part of all topics and client ids of this run
 */
public record Run(
        Settings settings,
        LoadLoops loops,
        Interruption interruption,
        Samples samples,
        String name) {
    private static final int CONNECT_TIMEOUT_SECONDS = 30;

    /** A client that starts afresh. */
    Identity transientClient(String role, int number) {
        return new Identity(
                settings.protocol(),
                clientId(role, number),
                true,
                0,
                settings.keepAliveSeconds(),
                settings.user(),
                settings.password());
    }

    /** A client with a session that outlives its connection by an hour. */
    Identity durableClient(String role, int number) {
        return new Identity(
                settings.protocol(),
                clientId(role, number),
                false,
                TimeUnit.HOURS.toSeconds(1),
                settings.keepAliveSeconds(),
                settings.user(),
                settings.password());
    }

    private String clientId(String role, int number) {
        return "bench-" + name + "-" + role + "-" + number;
    }

    String topic(String rest) {
        return "bench/" + name + "/" + rest;
    }

    /** The broker's address for that client. */
    InetSocketAddress address(int client) {
        return settings.addresses().get(client % settings.addresses().size());
    }

    /**
     * Connects clients, the one at place i to {@code address(i)}, and waits until all are ready.
     *
     * @throws LoadException if one cannot; the message names it and the reason
     */
    void connect(List<? extends Client> clients) throws LoadException {
        connect(clients, 0);
    }

    /** The same for publishers, which may be meant to be apart from their subscribers. */
    void connectPublishers(List<? extends Client> publishers) throws LoadException {
        connect(publishers, settings.apart() ? 1 : 0);
    }

    private void connect(List<? extends Client> clients, int shift) throws LoadException {
        Semaphore connecting = new Semaphore(settings.connecting());
        for (int i = 0; i < clients.size(); i++) {
            Client client = clients.get(i);
            acquire(connecting);
            var _ = client.ready().whenComplete((done, failure) -> connecting.release());
            dial(client, i + shift);
        }
        for (Client client : clients) {
            awaitReady(client);
        }
    }

    /** Begins to connect a client, the address and the source being those of that number. */
    void dial(Client client, int number) {
        loops.connect(client, address(number), source(number));
    }

    private static void acquire(Semaphore connecting) throws LoadException {
        try {
            if (connecting.tryAcquire(CONNECT_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new LoadException(
                "no connection came about within " + CONNECT_TIMEOUT_SECONDS + " s");
    }

    private static void awaitReady(Client client) throws LoadException {
        try {
            client.ready().get(CONNECT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LoadException cause
                    ? cause
                    : new LoadException(e.toString(), e);
        } catch (TimeoutException e) {
            throw new LoadException(
                    "the broker did not answer CONNECT or SUBSCRIBE within "
                            + CONNECT_TIMEOUT_SECONDS
                            + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted", e);
        }
    }

    private @Nullable InetSocketAddress source(int client) {
        if (settings.sources() == 0) {
            return null;
        }
        // Each of several brokers is to be connected to from all of them.
        int source = client / settings.addresses().size() % settings.sources();
        byte[] address = {127, 0, 0, (byte) (1 + source)};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), 0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** Adds what the connections have to complain about. */
    void reportFaults(Report report) {
        Tally tally = loops.tally();
        report.add("refused", "refused by reason code", tally.refused())
                .add("foreign", "messages of others", tally.foreign())
                .add("stalls", "windows opened by the clock", tally.stalls());
        loops.firstFault().ifPresent(report::fault);
    }

    /** Ends the connections of those clients in good order. */
    void disconnect(List<? extends Client> clients) {
        onEach(clients, Client::disconnect);
    }

    /** Does something with each client on its loop's thread and waits until it is done. */
    <C extends Client> void onEach(List<C> clients, Consumer<C> action) {
        loops.onEach(
                loop -> clients.stream().filter(client -> client.loop() == loop).forEach(action));
    }
}
