package io.carillon.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All keys of the configuration: finds the key of a path, and the nearest one for a wrong path. */
final class KeyTable {
    /** What a user may call a listener. */
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private final List<Section> sections;
    private final Map<String, Key<?>> byPath = new HashMap<>();
    private final Map<String, List<Key<?>>> namedBySection = new HashMap<>();

    KeyTable(List<Section> sections) {
        this.sections = List.copyOf(sections);
        for (Section section : sections) {
            for (Key<?> key : section.keys()) {
                if (byPath.put(key.path(), key) != null) {
                    throw new IllegalArgumentException("two keys have the path " + key.path());
                }
                if (key.isNamed()) {
                    namedBySection
                            .computeIfAbsent(section.name(), any -> new ArrayList<>())
                            .add(key);
                }
            }
        }
    }

    List<Section> sections() {
        return sections;
    }

    /** The keys of a section whose paths hold a name that the user chooses. */
    List<Key<?>> named(String section) {
        return namedBySection.getOrDefault(section, List.of());
    }

    /** The key of a path as a user writes it, its name included. */
    Optional<Key<?>> find(String path) {
        if (path.indexOf('*') >= 0) {
            return Optional.empty();
        }
        Key<?> key = byPath.get(path);
        return Optional.ofNullable(key != null ? key : byPath.get(generic(path)));
    }

    /** True if the path is not a key but the start of one, such as {@code mqtt.queue}. */
    boolean isPart(String path) {
        String[] segments = path.split("\\.", 3);
        if (segments.length == 2 && !named(segments[0]).isEmpty()) {
            return NAME.matcher(segments[1]).matches();
        }
        String generic = generic(path);
        return byPath.keySet().stream()
                .anyMatch(
                        known ->
                                known.startsWith(path + ".")
                                        || (generic != null && known.startsWith(generic + ".")));
    }

    /** What to say of a path that is no key: why not, and which key is probably meant. */
    String explainUnknown(String path) {
        String unknown = "unknown key " + Types.quote(path);
        String[] segments = path.split("\\.", 3);
        if (segments.length == 3 && namedBySection.containsKey(segments[0])) {
            if (!NAME.matcher(segments[1]).matches()) {
                return unknown
                        + ": a name under "
                        + segments[0]
                        + " has lower-case letters, digits and dashes, at most 32, and starts with"
                        + " a letter";
            }
            return unknown + ": " + suggestion(path, segments[0], segments[1]);
        }
        return unknown + ": " + suggestion(path, segments[0], "NAME");
    }

    private String suggestion(String path, String section, String name) {
        List<String> known = new ArrayList<>();
        for (Key<?> key : byPath.values()) {
            known.add(key.path(name));
        }
        Optional<String> nearest = Nearest.of(path, known);
        if (nearest.isPresent()) {
            return "did you mean " + nearest.get() + "?";
        }
        List<String> inSection = new ArrayList<>();
        for (Section each : sections) {
            if (each.name().equals(section)) {
                each.keys().forEach(key -> inSection.add(key.path(name)));
            }
        }
        return inSection.isEmpty()
                ? "see conf/carillon.yaml for all keys"
                : "this version knows " + String.join(", ", inSection);
    }

    private @Nullable String generic(String path) {
        String[] segments = path.split("\\.", 3);
        return segments.length == 3 && NAME.matcher(segments[1]).matches()
                ? segments[0] + ".*." + segments[2]
                : null;
    }
}
