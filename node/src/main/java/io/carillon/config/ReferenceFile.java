package io.carillon.config;

import io.carillon.config.YamlWriter.Style;
import java.util.HashSet;
import java.util.Set;

/**
 * The file {@code conf/carillon.yaml}: each key with a line that says what it does and its default,
 * commented out, so that a new release may choose better defaults for whoever didn't choose.
 */
final class ReferenceFile {
    private static final String HEAD =
            """
            # Carillon's configuration: every key, commented out, with its default.
            #
            # To change one, remove the # before it and give the value:
            #   bin/carillon --config conf/carillon.yaml
            # Each key is also an option and a variable, and these win over the file:
            #   --set node.dataDir=/var/lib/carillon      wins over
            #   CARILLON_NODE_DATADIR=/var/lib/carillon   wins over this file
            # Durations take ms, s, m, h or d; sizes take KiB, MiB, GiB or TiB, or are bytes.
            # Paths start at the folder in which the broker is started. To check a file:
            #   bin/carillon --config conf/carillon.yaml --check
            """;

    private ReferenceFile() {}

    static String text() {
        YamlWriter yaml = new YamlWriter();
        for (Section section : CarillonConfig.KEYS.sections()) {
            yaml.blank();
            yaml.comment(0, section.comment());
            for (Key<?> key : section.keys()) {
                if (!key.isNamed()) {
                    entry(yaml, key, key.path(), key.example(), Style.KEY_COMMENTED, true);
                }
            }
            if (section.equals(ListenerKeys.SECTION)) {
                listeners(yaml);
            }
        }
        return HEAD + yaml;
    }

    /** The two standard listeners, and one for the keys that they don't have. */
    private static void listeners(YamlWriter yaml) {
        Set<Key<?>> explained = new HashSet<>();
        sample(yaml, "tcp", ListenerType.MQTT, "127.0.0.1:1883", explained);
        sample(yaml, "websocket", ListenerType.WS, "127.0.0.1:8083", explained);
        sample(yaml, "tls", ListenerType.MQTTS, "0.0.0.0:8883", explained);
    }

    private static void sample(
            YamlWriter yaml, String name, ListenerType type, String bind, Set<Key<?>> explained) {
        for (Key<?> key : ListenerKeys.SECTION.keys()) {
            if (ListenerKeys.applies(key, type)) {
                String text = key.example();
                if (key.equals(ListenerKeys.TYPE)) {
                    text = ListenerKeys.TYPE.type().format(type);
                } else if (key.equals(ListenerKeys.BIND)) {
                    text = bind;
                }
                boolean explain = explained.add(key);
                entry(yaml, key, key.path(name), text, Style.NAME_COMMENTED, explain);
            }
        }
    }

    private static void entry(
            YamlWriter yaml, Key<?> key, String path, String text, Style style, boolean explain) {
        yaml.parents(path, style);
        if (explain) {
            int depth = path.split("\\.").length - 1;
            yaml.comment(depth, key.comment());
        }
        yaml.entry(path, text, style, "");
    }
}
