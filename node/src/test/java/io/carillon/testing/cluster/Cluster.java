package io.carillon.testing.cluster;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nodes of one cluster, {@code node-1} and so on; each knows the first three as seeds. One
 * thread.
 */
public final class Cluster implements AutoCloseable {
    private static final int SEEDS = 3;
    private static final int PEER_PORT = 5702;
    private static final int OUTPUT_LINES_SHOWN = 60;

    private final Path folder;
    private final String name;
    private final List<String> settings;
    private final List<String> seeds;
    private final List<ClusterNode> nodes = new ArrayList<>();

    /**
     * A cluster with a node at each of those hosts; none runs yet.
     *
     * @param folder where each node has its data directory
     * @param settings of all nodes, as {@link ClusterNode} takes them
     */
    public Cluster(Path folder, List<Host> hosts, List<String> settings) {
        this.folder = folder;
        this.name = folder.getFileName().toString();
        this.settings = settings;
        this.seeds = hosts.stream().limit(SEEDS).map(Host::member).toList();
        hosts.forEach(host -> add(host, hosts.size()));
    }

    /**
     * One node more, which does not run yet.
     *
     * @param size what it takes for the number of nodes
     */
    public ClusterNode add(Host host, int size) {
        ClusterNode node = stranger("node-" + (nodes.size() + 1), host, size, List.of());
        nodes.add(node);
        return node;
    }

    /**
     * A node that knows the seeds and is none of the cluster.
     *
     * @param others settings that win over the cluster's
     */
    public ClusterNode stranger(String nodeName, Host host, int size, List<String> others) {
        List<String> all = new ArrayList<>();
        all.add("auth.allowAnonymous=true");
        all.add("cluster.enabled=true");
        all.add("cluster.name=" + name);
        all.add("cluster.bind=" + ClusterNode.MEMBER);
        all.add("cluster.peerBind=" + ClusterNode.HOST + ":" + PEER_PORT);
        all.add("cluster.size=" + size);
        all.add("cluster.seeds=" + String.join(",", seeds));
        all.addAll(settings);
        all.addAll(others);
        return new ClusterNode(nodeName, host, folder.resolve(nodeName), all);
    }

    /** Starts all nodes that do not run, at once, and waits until all are ready. */
    public Cluster start() {
        nodes.stream().filter(node -> !node.isAlive()).forEach(ClusterNode::launch);
        return awaitReady();
    }

    /** Waits until all nodes are ready. */
    public Cluster awaitReady() {
        nodes.forEach(ClusterNode::awaitReady);
        return this;
    }

    /**
     * Waits until all nodes are ready, know of each other, and lead as many shards, so that nothing
     * moves any more: what goes once or not at all is lost by none.
     */
    public Cluster awaitCalm() {
        awaitReady();
        await("nothing moves any more")
                .atMost(ClusterNode.DEADLINE)
                .ignoreException(UncheckedIOException.class)
                .until(this::isCalm);
        return this;
    }

    private boolean isCalm() {
        DoubleSummaryStatistics led =
                nodes.stream()
                        .collect(
                                Collectors.summarizingDouble(n -> n.metric("carillon_shards_led")));
        return led.getMin() > 0
                && led.getMax() - led.getMin() <= 1
                && nodes.stream().allMatch(n -> n.metric("carillon_cluster_nodes") == nodes.size());
    }

    /** What its nodes have as {@code cluster.name}. */
    public String name() {
        return name;
    }

    public List<ClusterNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The node of that number, from 0. */
    public ClusterNode node(int number) {
        return nodes.get(number);
    }

    /** All but one. */
    public List<ClusterNode> others(ClusterNode than) {
        return nodes.stream().filter(node -> node != than).toList();
    }

    /** What every node printed last. */
    public String outputs() {
        return nodes.stream()
                .map(node -> "----- " + node + "\n" + tail(node.output()))
                .collect(Collectors.joining("\n"));
    }

    private static String tail(String output) {
        List<String> lines = output.lines().toList();
        Stream<String> last = lines.stream().skip(Math.max(0, lines.size() - OUTPUT_LINES_SHOWN));
        return last.collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        nodes.forEach(ClusterNode::close);
    }
}
