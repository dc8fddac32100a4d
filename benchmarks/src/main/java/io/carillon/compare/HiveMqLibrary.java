package io.carillon.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** HiveMQ CE from Maven Central: a folder of jars that Maven fills once for each version. */
record HiveMqLibrary(Path work, String version) {
    /** The file config.xml of HiveMQ; the ports are filled in. */
    static final String CONFIGURATION =
            """
            <?xml version="1.0"?>
            <hivemq>
              <listeners>
                <tcp-listener>
                  <port>PORT</port>
                  <bind-address>127.0.0.1</bind-address>
                </tcp-listener>
                <tls-tcp-listener>
                  <port>TLS_PORT</port>
                  <bind-address>127.0.0.1</bind-address>
                  <tls>
                    <keystore>
                      <path>server.p12</path>
                      <password>comparison</password>
                      <private-key-password>comparison</private-key-password>
                    </keystore>
                  </tls>
                </tls-tcp-listener>
              </listeners>
              <mqtt>
                <queued-messages>
                  <max-queue-size>100000000</max-queue-size>
                </queued-messages>
                <receive-maximum>
                  <server-receive-maximum>65535</server-receive-maximum>
                </receive-maximum>
              </mqtt>
              <persistence>
                <mode>in-memory</mode>
              </persistence>
              <anonymous-usage-statistics>
                <enabled>false</enabled>
              </anonymous-usage-statistics>
            </hivemq>
            """;

    private static final int MAVEN_SECONDS = 600;
    private static final String COPY =
            "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";

    private static final String POM =
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>io.carillon.compare</groupId>
              <artifactId>hivemq</artifactId>
              <version>1</version>
              <packaging>pom</packaging>
              <dependencies>
                <dependency>
                  <groupId>com.hivemq</groupId>
                  <artifactId>hivemq-community-edition-embedded</artifactId>
                  <version>VERSION</version>
                </dependency>
              </dependencies>
            </project>
            """;

    /**
     * How it is started in its folder, on the Java that runs this.
     *
     * @throws CompareException if Maven cannot get it
     */
    List<String> command() throws CompareException, InterruptedException {
        Path folder = work.resolve("hivemq-" + version);
        Path jars = folder.resolve("lib");
        Path complete = folder.resolve("complete");
        try {
            if (!Files.exists(complete)) {
                Files.createDirectories(jars);
                Files.writeString(folder.resolve("pom.xml"), POM.replace("VERSION", version));
                fetch(folder);
                Files.createFile(complete);
            }
            return command(jars);
        } catch (IOException e) {
            throw new CompareException("the folder " + folder + " cannot be filled: " + e, e);
        }
    }

    private static void fetch(Path folder) throws CompareException, InterruptedException {
        Path maven =
                Programs.find("mvn")
                        .orElseThrow(() -> new CompareException("it takes mvn to get it"));
        System.err.println("compare: Maven gets HiveMQ CE, once");
        Programs.output(
                folder,
                MAVEN_SECONDS,
                List.of(maven.toString(), "-B", "-q", COPY, "-DoutputDirectory=lib"));
    }

    private static List<String> command(Path jars) throws IOException {
        try (Stream<Path> files = Files.list(jars)) {
            String own = System.getProperty("java.class.path");
            String classPath = files.map(Path::toString).sorted().collect(Collectors.joining(":"));
            // Of our own jars the one with the small main class; HiveMQ has another Netty.
            String ours =
                    Stream.of(own.split(":"))
                            .filter(entry -> entry.contains("carillon-benchmarks"))
                            .collect(Collectors.joining(":"));
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dhivemq.home=.",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                    "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
                    "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    ours + ":" + classPath,
                    HiveMqMain.class.getName());
        }
    }
}
