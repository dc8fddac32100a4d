package io.carillon.clusterbench;

import io.carillon.bench.report.ProcessUsage;
import io.carillon.compare.CompareException;
import io.carillon.compare.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One node alone or several as a cluster, on empty data directories. */
final class Nodes implements AutoCloseable {
    /** Below those that the system gives to outgoing connections; the nodes count up from it. */
    private static final int MEMBER_PORT = 15_701;

    private static final int PEER_PORT = 5702;

    /** Limits are lifted as for the comparison with other brokers. */
    private static final List<String> LIMITS =
            List.of(
                    "mqtt.receiveMax=65535",
                    "mqtt.maxInflight=65535",
                    "mqtt.outbound.maxBytes=64MiB",
                    "mqtt.queue.maxMessages=100000000",
                    "mqtt.queue.maxBytes=1TiB");

    private final Path folder;
    private final List<Node> all;

    private Nodes(Path folder, List<Node> all) {
        this.folder = folder;
        this.all = all;
    }

    /**
     * Nodes that do not run yet.
     *
     * @param count one is alone, several are a cluster
     * @param more settings, each {@code key=value}
     */
    static Nodes of(Project project, int count, String... more) throws CompareException {
        Path folder = project.work().resolve("cluster");
        empty(folder);
        long pid = ProcessHandle.current().pid();
        // All of 127.0.0.0/8 is loopback; at addresses of one's own all ports are free. Members
        // take no address that is not listed at an interface.
        String network = "127.%d.%d.".formatted(1 + (pid >> 8) % 254, pid & 255);
        String seeds =
                Stream.iterate(1, i -> i + 1)
                        .limit(count)
                        .map(i -> "127.0.0.1:" + (MEMBER_PORT + i))
                        .collect(Collectors.joining(","));
        List<Node> nodes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String address = network + i;
            List<String> settings = new ArrayList<>(LIMITS);
            settings.add("node.name=node-" + i);
            if (count > 1) {
                settings.add("cluster.enabled=true");
                settings.add("cluster.name=bench-" + pid);
                settings.add("cluster.bind=127.0.0.1:" + (MEMBER_PORT + i));
                settings.add("cluster.peerBind=" + address + ":" + PEER_PORT);
                settings.add("cluster.seeds=" + seeds);
                settings.add("cluster.size=" + count);
            }
            settings.addAll(List.of(more));
            Path own = folder.resolve("node-" + i);
            nodes.add(new Node(project.carillon(), address, own, settings));
        }
        return new Nodes(folder, nodes);
    }

    /** The same, running and ready. */
    static Nodes start(Project project, int count, String... more)
            throws CompareException, InterruptedException {
        Nodes nodes = of(project, count, more);
        try {
            nodes.start();
            return nodes;
        } catch (CompareException | InterruptedException e) {
            nodes.close();
            throw e;
        }
    }

    /** Starts those that do not run, at once, and waits until all are ready. */
    void start() throws CompareException, InterruptedException {
        for (Node node : all) {
            if (!node.runs()) {
                node.launch();
            }
        }
        for (Node node : all) {
            node.awaitReady();
        }
    }

    List<Node> all() {
        return all;
    }

    List<Node> others(Node than) {
        return all.stream().filter(node -> node != than).toList();
    }

    String addresses() {
        return all.stream().map(Node::hostAndPort).collect(Collectors.joining(","));
    }

    String pids() {
        return all.stream().map(node -> Long.toString(node.pid())).collect(Collectors.joining(","));
    }

    ProcessUsage usage() throws IOException {
        return ProcessUsage.of(all.stream().map(Node::pid).toList());
    }

    void kill() throws InterruptedException {
        for (Node node : all) {
            node.kill();
        }
    }

    @Override
    public void close() {
        all.forEach(Node::close);
    }

    private static void empty(Path folder) throws CompareException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new CompareException(folder + " cannot be emptied: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return all.size() + " nodes in " + folder;
    }
}
