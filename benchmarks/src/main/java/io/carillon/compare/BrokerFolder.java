package io.carillon.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder of one broker: emptied, with its configuration and ports that are free. */
record BrokerFolder(Path path, int port, int tlsPort) {

    /** Makes the folder afresh; what an earlier run left there goes. */
    static BrokerFolder make(Path path) throws CompareException {
        try {
            clear(path);
            Files.createDirectories(path);
            try (ServerSocket plain = free();
                    ServerSocket tls = free()) {
                return new BrokerFolder(path, plain.getLocalPort(), tls.getLocalPort());
            }
        } catch (IOException e) {
            throw new CompareException("the folder " + path + " cannot be made: " + e, e);
        }
    }

    /** Writes a file of configuration; {@code PORT} and {@code TLS_PORT} in it are filled in. */
    void write(String name, String text) throws CompareException {
        try {
            Files.writeString(
                    path.resolve(name),
                    text.replace("TLS_PORT", Integer.toString(tlsPort))
                            .replace("PORT", Integer.toString(port)));
        } catch (IOException e) {
            throw new CompareException(path.resolve(name) + " cannot be written: " + e, e);
        }
    }

    static void clear(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
