package io.carillon.testing.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives tests a cluster whose nodes all run and are ready when a test begins. Classes that want the
 * same share it; a test that fails has it replaced, and shows what the nodes printed last.
 */
public final class RunningCluster implements BeforeEachCallback, AfterTestExecutionCallback {
    private final int size;
    private final List<String> settings;
    private final boolean onLan;
    private @Nullable Site site;

    /** A cluster and, if it has one, its network. */
    private record Site(Cluster cluster, @Nullable Lan lan) implements OneAtATime.Large {
        @Override
        public String outputs() {
            return cluster.outputs();
        }

        @Override
        public void close() {
            try (Lan _ = lan) {
                cluster.close();
                cluster.nodes().forEach(ClusterNode::loseDisk);
            }
        }
    }

    private RunningCluster(int size, List<String> settings, boolean onLan) {
        this.size = size;
        this.settings = settings;
        this.onLan = onLan;
    }

    /**
     * Nodes on loopback.
     *
     * @param settings of all nodes, each {@code key=value}
     */
    public static RunningCluster onLoopback(int nodes, String... settings) {
        return new RunningCluster(nodes, List.of(settings), false);
    }

    /** Nodes in a network of their own. */
    public static RunningCluster onLan(int nodes, String... settings) {
        return new RunningCluster(nodes, List.of(settings), true);
    }

    public Cluster cluster() {
        return site().cluster();
    }

    public ClusterNode node(int number) {
        return cluster().node(number);
    }

    public Lan lan() {
        Lan lan = site().lan();
        if (lan == null) {
            throw new IllegalStateException("these nodes are on loopback");
        }
        return lan;
    }

    private Site site() {
        Site now = site;
        if (now == null) {
            throw new IllegalStateException("not before a test begins");
        }
        return now;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        OneAtATime slot = OneAtATime.of(context);
        String kind = size + " nodes, " + settings + (onLan ? ", in a network" : ", on loopback");
        site = slot.take(kind, Site.class, this::open);
        try {
            cluster().start();
        } catch (Throwable e) {
            slot.failed("starting all nodes");
            throw e;
        }
    }

    private Site open() {
        try {
            Lan lan = onLan ? Lan.open() : null;
            Supplier<Host> hosts = lan == null ? Loopback::host : lan::host;
            return new Site(
                    new Cluster(
                            Files.createTempDirectory("carillon-cluster-"),
                            Stream.generate(hosts).limit(size).toList(),
                            settings),
                    lan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            OneAtATime.of(context).failed(context.getDisplayName());
        }
    }
}
