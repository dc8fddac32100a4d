package io.carillon.cluster.membership;

import static io.carillon.cluster.membership.Cards.card;

import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures members of a cluster; run by hand with what to measure: {@code form}, {@code fail},
 * {@code leave} or {@code routes}. Nodes are processes of their own in the first two.
 */
final class MemberFigures {
    private static final int ROUTES = 1_000_000;
    private static final byte[] VALUE = new byte[8];

    private MemberFigures() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "form" -> form();
            case "fail" -> fail();
            case "routes" -> routes();
            case "leave" -> leave();
            case "node" -> node(Integer.parseInt(args[1]), ports(args[2]));
            default -> throw new IllegalArgumentException("form, fail, leave or routes");
        }
        System.exit(0);
    }

    /** Three processes that start together. */
    private static void form() throws Exception {
        List<HostPort> ports = ports();
        long start = System.nanoTime();
        List<Child> children = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            children.add(new Child(i, ports));
        }
        for (Child child : children) {
            child.awaitLine("formed");
            System.out.printf("node %d sees three after %d ms%n", child.number, millisSince(start));
        }
        for (Child child : children) {
            System.out.println("node " + child.number + ": " + child.awaitLine("idle"));
            child.process.destroyForcibly();
        }
    }

    /** One here sees how long it takes until the others are out, and back. */
    private static void fail() throws Exception {
        List<HostPort> ports = ports();
        Child second = new Child(2, ports);
        Child third = new Child(3, ports);
        RealNode here = RealNode.start(settings(1, ports));
        here.awaitPresent(3);

        long killed = System.nanoTime();
        second.process.destroyForcibly();
        here.awaitPresent(2);
        System.out.println("killed: out after " + millisSince(killed) + " ms");

        Child again = new Child(2, ports);
        again.awaitLine("formed");
        here.awaitPresent(3);
        long stopped = System.nanoTime();
        third.signal("STOP");
        here.awaitPresent(2);
        System.out.println("hung: out after " + millisSince(stopped) + " ms");
        long continued = System.nanoTime();
        third.signal("CONT");
        here.awaitPresent(3);
        System.out.println("resumed: back after " + millisSince(continued) + " ms");
        third.lines("node-3").forEach(line -> System.out.println("  the hung one: " + line));
        again.process.destroyForcibly();
        third.process.destroyForcibly();
    }

    /** Three in one process go one after the other. */
    private static void leave() throws Exception {
        List<HostPort> ports = ports();
        List<RealNode> nodes =
                RealNode.startAll(
                        List.of(settings(1, ports), settings(2, ports), settings(3, ports)),
                        SharedMapSettings.DEFAULT);
        nodes.getFirst().awaitPresent(3);
        for (RealNode node : nodes) {
            long start = System.nanoTime();
            node.close();
            System.out.println(node.id() + " left in " + millisSince(start) + " ms");
        }
    }

    /** A million entries of one node, in the maps of three. */
    private static void routes() throws Exception {
        List<HostPort> ports = ports();
        List<RealNode> nodes = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            nodes.add(RealNode.start(settings(i, ports)));
        }
        nodes.getFirst().awaitPresent(3);
        System.out.println("idle, 3 members: " + heapBytes() / 1_000_000 + " MB");
        RealNode one = nodes.getFirst();
        CountingFollower counting = new CountingFollower();
        SharedMap map = one.member.map("routes", new Routes(), counting, SharedMapSettings.DEFAULT);
        nodes.get(1).member.map("routes", OwnPart.empty(), counting, SharedMapSettings.DEFAULT);
        long before = heapBytes();
        long start = System.nanoTime();
        for (long written = 0; !one.on(map::isWritten); ) {
            long next = written + 100_000;
            RealNode.awaitLong(
                    () -> one.on(() -> map.isWritten() || map.stats().written() >= next));
            written = one.on(map::stats).written();
            System.out.println(written + " written after " + millisSince(start) + " ms");
        }
        long millis = millisSince(start);
        RealNode.awaitLong(() -> counting.told >= ROUTES);
        System.out.printf(
                "%d written in %d ms (%d/s), all told after %d ms, failures %d%n",
                ROUTES,
                millis,
                ROUTES * 1_000L / millis,
                millisSince(start),
                one.on(map::stats).failures());
        System.out.printf(
                "heap: %.0f bytes an entry over all members, two copies%n",
                (heapBytes() - before) / (double) ROUTES);
        for (int round = 0; round < 3; round++) {
            int first = round * 50_000;
            long removing = System.nanoTime();
            one.on(
                    () -> {
                        for (int i = first; i < first + 50_000; i++) {
                            map.remove(route(i));
                        }
                        return null;
                    });
            RealNode.awaitLong(() -> one.on(map::isWritten));
            System.out.println("50000 removed in " + millisSince(removing) + " ms");
        }
    }

    private static void node(int number, List<HostPort> ports) throws Exception {
        RealNode node = RealNode.start(settings(number, ports));
        node.awaitPresent(3);
        System.out.println("formed");
        System.out.printf(
                "idle: heap %d MB, %d threads, %s%n",
                heapBytes() / 1_000_000,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .findFirst()
                        .orElse(""));
        int told = 0;
        while (true) {
            int seen = told;
            RealNode.awaitLong(() -> node.heard.size() > seen);
            long now = System.currentTimeMillis();
            for (; told < node.heard.size(); told++) {
                System.out.println(now + " node-3 told " + node.heard.get(told));
            }
        }
    }

    private static MemberSettings settings(int number, List<HostPort> ports) {
        return new MemberSettings(
                "figures", card(number), ports.get(number - 1), null, new Discovery.Seeds(ports));
    }

    private static List<HostPort> ports() {
        return IntStream.range(0, 3)
                .mapToObj(i -> new HostPort("127.0.0.1", RealNode.freePort()))
                .toList();
    }

    private static List<HostPort> ports(String text) {
        return List.of(text.split(",")).stream().map(HostPort::parse).toList();
    }

    private static String route(int number) {
        return String.format("building/%08d/temperature/x", number);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static long heapBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Made when they are asked for, so that they take no memory of their own. */
    private static final class Routes implements OwnPart {
        @Override
        public Iterator<Map.Entry<String, byte[]>> entries() {
            return IntStream.range(0, ROUTES).mapToObj(i -> Map.entry(route(i), VALUE)).iterator();
        }

        @Override
        public boolean has(String key) {
            return true;
        }
    }

    private static final class CountingFollower implements Follower {
        private volatile long told;

        @Override
        public void begin(io.carillon.cluster.NodeId owner) {}

        @Override
        public void changed(
                io.carillon.cluster.NodeId owner,
                Map<String, byte[]> put,
                java.util.Set<String> removed) {
            told += put.size();
        }

        @Override
        public void complete(io.carillon.cluster.NodeId owner) {}
    }

    /** A node in a process of its own. */
    private static final class Child {
        private final int number;
        private final Process process;
        private final BufferedReader out;

        Child(int number, List<HostPort> ports) throws Exception {
            this.number = number;
            List<String> command =
                    new ArrayList<>(
                            List.of(ProcessHandle.current().info().command().orElseThrow()));
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(
                    List.of(
                            "-cp",
                            System.getProperty("java.class.path"),
                            MemberFigures.class.getName(),
                            "node",
                            Integer.toString(number),
                            String.join(",", ports.stream().map(HostPort::toString).toList())));
            process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            out = process.inputReader(StandardCharsets.UTF_8);
        }

        String awaitLine(String start) throws Exception {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
            throw new IllegalStateException("node " + number + " has ended");
        }

        List<String> lines(String with) throws Exception {
            List<String> lines = new ArrayList<>();
            while (out.ready()) {
                String line = out.readLine();
                if (line.contains(with)) {
                    lines.add(line);
                }
            }
            return lines;
        }

        void signal(String name) throws Exception {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        }
    }
}
