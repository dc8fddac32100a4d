package io.carillon.cluster.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.NodeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Two doorkeepers at the ends of a connection. */
@Timeout(20)
class DoorkeeperTest {
    private static final byte[] NO_GREETING = "GET / HTTP/1.1\r\n\r\n".getBytes();

    @Test
    void nodesOfOneClusterAreLetInAndNothingOfTheirsIsLost() throws Exception {
        try (Line line = new Line()) {
            CompletableFuture<Void> accepting = accept(greeting("one", 1), line.accepted);
            line.dialled.setSoTimeout(7);
            new Doorkeeper(greeting("one", 2)).onConnect(line.dialled);
            accepting.join();
            assertEquals(7, line.dialled.getSoTimeout());
            line.dialled.getOutputStream().write('H');
            assertEquals('H', line.accepted.getInputStream().read());
        }
    }

    @Test
    void ofTwoClustersNeitherLetsTheOtherIn() throws Exception {
        try (Line line = new Line()) {
            CompletableFuture<Void> accepting = accept(greeting("one", 1), line.accepted);
            Executable dialling = () -> new Doorkeeper(greeting("two", 2)).onConnect(line.dialled);
            String seen = assertThrows(IOException.class, dialling).getMessage();
            assertEquals("it is of the cluster 'one'", seen);
            Throwable refused =
                    assertThrows(CompletionException.class, accepting::join).getCause().getCause();
            assertEquals("it is of the cluster 'two'", refused.getMessage());
        }
    }

    @Test
    void whatIsNoNodeIsRefused() throws Exception {
        try (Line line = new Line()) {
            line.dialled.getOutputStream().write(NO_GREETING);
            Executable accepting = () -> new Doorkeeper(greeting("one", 1)).onAccept(line.accepted);
            assertThrows(StreamCorruptedException.class, accepting);
        }
    }

    @Test
    void aProbeOfThePortIsNothingToSpeakOf() throws Exception {
        try (Line line = new Line()) {
            line.dialled.shutdownOutput();
            Executable accepting = () -> new Doorkeeper(greeting("one", 1)).onAccept(line.accepted);
            assertThrows(EOFException.class, accepting);
        }
    }

    @Test
    void aGreetingIsReadAsItWasWrittenWithWhatALaterReleaseAdds() throws Exception {
        Greeting greeting = greeting("one", 1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        greeting.write(written);
        byte[] bytes = written.toByteArray();
        assertEquals(greeting, Greeting.read(new ByteArrayInputStream(bytes)));

        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(bytes);
        longer.write(new byte[] {1, 2, 3});
        byte[] later = longer.toByteArray();
        later[5] += 3; // the length
        ByteArrayInputStream in = new ByteArrayInputStream(later);
        assertEquals(greeting, Greeting.read(in));
        assertEquals(0, in.available());
    }

    @Test
    void aGarbledGreetingIsRefused() throws Exception {
        ByteArrayOutputStream garbled = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(garbled);
        out.writeInt(0x6361726c);
        out.writeShort(2);
        out.writeShort(500);
        Executable reading = () -> Greeting.read(new ByteArrayInputStream(garbled.toByteArray()));
        assertThrows(StreamCorruptedException.class, reading);
    }

    @Test
    void whatLastsIsSaidOnceAMinute() {
        long[] now = {0};
        Seldom seldom = new Seldom(() -> now[0]);
        assertTrue(seldom.isDue("a"));
        assertFalse(seldom.isDue("a"));
        assertTrue(seldom.isDue("b"));
        now[0] = TimeUnit.SECONDS.toNanos(60);
        assertTrue(seldom.isDue("a"));
    }

    private static Greeting greeting(String cluster, int number) {
        return new Greeting(
                cluster, new NodeId("node-" + number), new HostPort("127.0.0.1", 5_700 + number));
    }

    private static CompletableFuture<Void> accept(Greeting own, Socket socket) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        new Doorkeeper(own).onAccept(socket);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private static final class Line implements AutoCloseable {
        final Socket dialled;
        final Socket accepted;

        Line() throws IOException {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                dialled = new Socket(server.getInetAddress(), server.getLocalPort());
                accepted = server.accept();
            }
        }

        @Override
        public void close() throws IOException {
            dialled.close();
            accepted.close();
        }
    }
}
