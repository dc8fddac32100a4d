package io.carillon.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings of the environment: {@code CARILLON_} and the path of the key in upper case, with {@code
 * _} for dots and dashes, so that {@code node.dataDir} is {@code CARILLON_NODE_DATADIR} and {@code
 * listeners.tls-in.bind} is {@code CARILLON_LISTENERS_TLS_IN_BIND}.
 */
final class EnvironmentSource {
    private static final String PREFIX = "CARILLON_";

    /** The launcher's own; see bin/carillon. */
    private static final Set<String> LAUNCHER = Set.of("CARILLON_JAVA_HOME", "CARILLON_JAVA_OPTS");

    /** What Kubernetes puts into each container for a Service whose name starts with carillon. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile(
                    "CARILLON(_[A-Z0-9_]+)?_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?"
                            + "|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern SERVICE_URL = Pattern.compile("(tcp|udp|sctp)://.*");

    private final KeyTable table;

    EnvironmentSource(KeyTable table) {
        this.table = table;
    }

    List<Setting> read(Map<String, String> environment, Problems problems) {
        List<Setting> settings = new ArrayList<>();
        for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
            String variable = entry.getKey();
            if (!variable.startsWith(PREFIX) || LAUNCHER.contains(variable)) {
                continue;
            }
            Origin origin = Origin.environment(variable);
            Optional<String> path = path(variable);
            if (path.isPresent()) {
                settings.add(new Setting(path.get(), entry.getValue().strip(), origin));
            } else if (!isServiceLink(variable, entry.getValue())) {
                problems.add(origin, "names no key: " + suggestion(variable));
            }
        }
        return settings;
    }

    private Optional<String> path(String variable) {
        // Where two keys could be meant, the longer key leaves the shorter name.
        return keys().stream()
                .sorted(Comparator.comparingInt((Key<?> key) -> key.path().length()).reversed())
                .flatMap(key -> path(variable, key).stream())
                .findFirst();
    }

    private static Optional<String> path(String variable, Key<?> key) {
        if (!key.isNamed()) {
            return Key.variable(key.path()).equals(variable)
                    ? Optional.of(key.path())
                    : Optional.empty();
        }
        String[] around = Key.variable(key.path()).split("\\*", 2);
        int nameLength = variable.length() - around[0].length() - around[1].length();
        if (nameLength < 1 || !variable.startsWith(around[0]) || !variable.endsWith(around[1])) {
            return Optional.empty();
        }
        String name =
                variable.substring(around[0].length(), around[0].length() + nameLength)
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
        return KeyTable.NAME.matcher(name).matches()
                ? Optional.of(key.path(name))
                : Optional.empty();
    }

    private static boolean isServiceLink(String variable, String value) {
        return SERVICE_LINK.matcher(variable).matches()
                || (variable.endsWith("_PORT") && SERVICE_URL.matcher(value).matches());
    }

    private String suggestion(String variable) {
        String[] segments = variable.split("_", 4);
        String name = segments.length == 4 ? segments[2] : "NAME";
        List<String> variables = new ArrayList<>();
        for (Key<?> key : keys()) {
            variables.add(Key.variable(key.path(name)));
        }
        return Nearest.of(variable, variables)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("node.dataDir, for example, is CARILLON_NODE_DATADIR");
    }

    private List<Key<?>> keys() {
        return table.sections().stream().<Key<?>>flatMap(s -> s.keys().stream()).toList();
    }
}
