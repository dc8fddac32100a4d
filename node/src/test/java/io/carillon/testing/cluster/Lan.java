package io.carillon.testing.cluster;

import io.carillon.testing.Commands;
import io.carillon.testing.InstalledProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of hosts, each a network namespace at one bridge, in which links can be cut. The tests
 * reach every host: they have an address at the bridge, and no cut is theirs. It takes root and the
 * packages iproute2 and nftables, and fails with a message where one is missing. One thread.
 */
public final class Lan implements AutoCloseable {
    /** For measurements between networks: used by nobody's (RFC 2544). */
    private static final String NETWORK = "198.18.";

    private static final int OWN_NUMBER = 254;
    private static final int MEMBER_PORT = 5701;
    private static final Pattern NAMESPACE =
            Pattern.compile("^(clt(\\d+))-\\d+", Pattern.MULTILINE);

    private final String bridge;
    private final String subnet;

    /** What each host takes no packet of, as rules of its firewall. */
    private final Map<Host, List<String>> cuts = new LinkedHashMap<>();

    private Lan(long pid) {
        bridge = "clt" + pid;
        subnet = NETWORK + pid % 256 + ".";
        ip("link add " + bridge + " type bridge");
        ip("address add " + subnet + OWN_NUMBER + "/24 dev " + bridge);
        ip("link set " + bridge + " up");
    }

    /** A network without hosts. */
    public static Lan open() {
        InstalledProgram.find("ip", "iproute2");
        InstalledProgram.find("nft", "nftables");
        InstalledProgram.find("nsenter", "util-linux");
        String user = Commands.run("id", "-u").strip();
        if (!user.equals("0")) {
            throw new AssertionError(
                    "network namespaces take root and this is user %s: run it by sudo, as CI does"
                            .formatted(user));
        }
        removeLeftOvers();
        return new Lan(ProcessHandle.current().pid());
    }

    /** Of runs that were killed. */
    private static void removeLeftOvers() {
        Matcher namespace = NAMESPACE.matcher(Commands.run("ip", "netns", "list"));
        while (namespace.find()) {
            Optional<ProcessHandle> run = ProcessHandle.of(Long.parseLong(namespace.group(2)));
            if (run.isEmpty()) {
                ip("netns delete " + namespace.group());
                if (Commands.run("ip", "-o", "link").contains(namespace.group(1) + ":")) {
                    ip("link delete " + namespace.group(1));
                }
            }
        }
    }

    /** A new host at the bridge. */
    public Host host() {
        int number = cuts.size() + 1;
        String name = bridge + "-" + number;
        String address = subnet + number;
        List<String> prefix = List.of("nsenter", "--net=/run/netns/" + name, "--");
        Host host = new Host(address, address + ":" + MEMBER_PORT, prefix);
        ip("netns add " + name);
        cuts.put(host, new ArrayList<>());
        ip("link add " + name + " type veth peer name eth0 netns " + name);
        ip("link set " + name + " master " + bridge + " up");
        ip("-n " + name + " address add " + host.address() + "/24 dev eth0");
        ip("-n " + name + " link set lo up");
        ip("-n " + name + " link set eth0 up");
        return host;
    }

    /** Lets no packet pass between two hosts. */
    public void cut(Host one, Host other) {
        cutOneWay(one, other);
        cutOneWay(other, one);
    }

    /** Lets no packet pass from the one to the other, while the way back stays. */
    public void cutOneWay(Host from, Host to) {
        addRule(to, "ip saddr " + from.address() + " drop");
    }

    /** Loses that part of the packets in each direction. */
    public void lose(int percent, Host one, Host other) {
        String some = " numgen random mod 100 < " + percent + " drop";
        addRule(one, "ip saddr " + other.address() + some);
        addRule(other, "ip saddr " + one.address() + some);
    }

    /** Cuts a host off from each of those. */
    public void isolate(Host host, List<Host> from) {
        from.forEach(other -> cut(host, other));
    }

    /** Pulls a host's cable. Nobody reaches it then, the tests neither. */
    public void unplug(Host host) {
        ip("link set " + port(host) + " down");
    }

    public void plug(Host host) {
        ip("link set " + port(host) + " up");
    }

    /** Takes all cuts and losses away; cables stay as they are. */
    public void heal() {
        cuts.forEach(
                (host, rules) -> {
                    rules.clear();
                    apply(host, rules);
                });
    }

    private void addRule(Host host, String rule) {
        List<String> rules = cuts.get(host);
        if (rules == null) {
            throw new IllegalArgumentException(host + " is not of this network");
        }
        rules.add(rule);
        apply(host, rules);
    }

    /** In one go: what was there before is replaced. */
    private static void apply(Host host, List<String> rules) {
        String table =
                """
                table inet cuts
                delete table inet cuts
                table inet cuts {
                  chain in {
                    type filter hook input priority 0; policy accept;
                    %s
                  }
                }
                """;
        List<String> command = new ArrayList<>(host.prefix());
        command.addAll(List.of("nft", "-f", "-"));
        Commands.run(table.formatted(String.join("\n    ", rules)), command);
    }

    /** The bridge's end of a host's cable has the name of its namespace. */
    private String port(Host host) {
        return bridge + "-" + host.address().substring(subnet.length());
    }

    /** Takes the whole network away; the nodes in it should have ended. */
    @Override
    public void close() {
        for (Host host : cuts.keySet()) {
            // A namespace goes later than its command ends: its cable goes now.
            ip("link delete " + port(host));
            ip("netns delete " + port(host));
        }
        ip("link delete " + bridge);
    }

    private static void ip(String arguments) {
        Commands.run("", List.of(("ip " + arguments).split(" ")));
    }
}
