package io.carillon.node.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.ownership.intent.Intention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {
    @TempDir Path dir;

    @Test
    void nothingIsAskedForWithoutFiles() throws IOException {
        assertEquals(Intention.NONE, new Requests(dir).read());
    }

    @Test
    void anEmptyFileAsksToLeave() throws IOException {
        Files.createFile(dir.resolve("leave"));
        assertEquals(new Intention(true, Set.of()), new Requests(dir).read());
    }

    @Test
    void namesOfWhoIsGoneAreOneALine() throws IOException {
        Files.writeString(dir.resolve("gone"), "# burnt\n node-4 \n\nnode-5 # too\n");
        Requests requests = new Requests(dir);
        assertEquals(gone("node-4", "node-5"), requests.read());
        requests.addGone(Set.of(new NodeId("node-6"), new NodeId("node-4")));
        assertEquals(gone("node-4", "node-5", "node-6"), requests.read());
    }

    @Test
    void aNameThatIsNoneIsToldWithItsLine() throws IOException {
        Files.writeString(dir.resolve("gone"), "node-4\nnode 5\n");
        IOException e = assertThrows(IOException.class, () -> new Requests(dir).read());
        assertEquals(
                dir.resolve("gone")
                        + ", line 2: not a name for a node: 'node 5'; one name of a node a line",
                e.getMessage());
    }

    @Test
    void whatIsNoListOfNodesIsNotTaken() throws IOException {
        Files.write(dir.resolve("gone"), new byte[] {'a', (byte) 0xff, (byte) 0xfe, '\n'});
        assertThrows(IOException.class, () -> new Requests(dir).read());
        Files.write(dir.resolve("gone"), new byte[100_000]);
        assertThrows(IOException.class, () -> new Requests(dir).read());
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= Intention.GONE_MAX; i++) {
            many.append("node-").append(i).append('\n');
        }
        Files.writeString(dir.resolve("gone"), many);
        assertThrows(IOException.class, () -> new Requests(dir).read());
    }

    private static Intention gone(String... names) {
        return new Intention(
                false, Arrays.stream(names).map(NodeId::new).collect(Collectors.toSet()));
    }
}
