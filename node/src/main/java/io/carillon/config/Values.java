package io.carillon.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings that are in force, by path: the last source that names a path wins. All of them are
 * valid by the time one is read; what has no setting has its key's default.
 */
final class Values {
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    void put(Setting setting) {
        settings.put(setting.path(), setting);
    }

    void putIfAbsent(Setting setting) {
        settings.putIfAbsent(setting.path(), setting);
    }

    /** The value of a key that has a default. */
    <T> T get(Key<T> key) {
        return find(key, key.path())
                .orElseThrow(() -> new IllegalStateException(key.path() + " has no default"));
    }

    /** The value of a key, if it is given or has a default. */
    <T> Optional<T> find(Key<T> key) {
        return find(key, key.path());
    }

    /** The value of a named key, for that name. */
    <T> Optional<T> find(Key<T> key, String path) {
        Setting setting = settings.get(path);
        String text = setting == null ? key.standard() : setting.text();
        try {
            return text == null ? Optional.empty() : Optional.of(key.type().parse(text));
        } catch (InvalidValue e) {
            throw new IllegalStateException(path + " was not checked: " + e.getMessage(), e);
        }
    }

    /** Where the value of a path comes from. */
    Origin origin(String path) {
        Setting setting = settings.get(path);
        return setting == null ? Origin.DEFAULT : setting.origin();
    }

    boolean isGiven(String path) {
        return settings.containsKey(path);
    }

    /** The names given under a section, as in {@code SECTION.NAME.key}, in order of appearance. */
    Set<String> names(String section) {
        Set<String> names = new LinkedHashSet<>();
        for (String path : settings.keySet()) {
            String[] segments = path.split("\\.", 3);
            if (segments.length == 3 && segments[0].equals(section)) {
                names.add(segments[1]);
            }
        }
        return names;
    }
}
