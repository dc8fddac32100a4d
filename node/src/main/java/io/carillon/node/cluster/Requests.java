package io.carillon.node.cluster;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ownership.intent.Intention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an operator asks of the cluster by files in the data directory of a node: {@code leave},
 * whose content doesn't matter, makes that node give up its replicas; {@code gone} has the names of
 * nodes that will never come back, one a line, and what follows on {@code #} is for people. Blocks
 * on the disk. Any thread.
 *
 * @param dir the data directory
 */
public record Requests(Path dir) {
    private static final int GONE_BYTES_MAX = 64 * 1024;

    /** Whether a node has used the directory. */
    public boolean isUsed() {
        return Files.exists(dir.resolve("db"));
    }

    Path leaveFile() {
        return dir.resolve("leave");
    }

    public Path goneFile() {
        return dir.resolve("gone");
    }

    boolean asksToLeave() {
        return Files.exists(leaveFile());
    }

    /**
     * What is asked for now.
     *
     * @throws IOException if a file can't be read or understood, with the next step
     */
    Intention read() throws IOException {
        return new Intention(asksToLeave(), gone());
    }

    /**
     * Asks for the nodes to be taken for gone, beside those that are.
     *
     * @throws IOException if the file can't be read, understood or written
     */
    public void addGone(Set<NodeId> nodes) throws IOException {
        Set<NodeId> all = new HashSet<>(gone());
        all.addAll(nodes);
        Files.write(goneFile(), all.stream().sorted().map(NodeId::name).toList());
    }

    private Set<NodeId> gone() throws IOException {
        Set<NodeId> nodes = new HashSet<>();
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            String name = lines.get(i).replaceFirst("#.*", "").strip();
            try {
                if (!name.isEmpty()) {
                    nodes.add(new NodeId(name));
                }
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        goneFile()
                                + ", line "
                                + (i + 1)
                                + ": "
                                + e.getMessage()
                                + "; one name of a node a line",
                        e);
            }
        }
        if (nodes.size() > Intention.GONE_MAX) {
            throw new IOException(goneFile() + " names more than " + Intention.GONE_MAX + " nodes");
        }
        return nodes;
    }

    private List<String> lines() throws IOException {
        try {
            if (Files.size(goneFile()) > GONE_BYTES_MAX) {
                throw new IOException(goneFile() + " is longer than a list of nodes can be");
            }
            try (Stream<String> lines = Files.lines(goneFile())) {
                return new ArrayList<>(lines.toList());
            } catch (UncheckedIOException e) {
                throw new IOException(goneFile() + " is no text: " + e.getMessage(), e);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
