package io.carillon.config;

import java.util.Set;

/** Defaults that depend on the host or on what else is given; those of a key alone are its own. */
final class Fallbacks {
    private Fallbacks() {}

    static void fill(Values values, String hostName) {
        values.putIfAbsent(new Setting(NodeConfig.NAME.path(), nameOf(hostName), Origin.DEFAULT));
        Set<String> given = values.names("listeners");
        // Whoever only moves a standard listener to another address need not repeat its type.
        if (given.isEmpty() || given.contains("tcp")) {
            listener(values, "tcp", "mqtt", "127.0.0.1:1883");
        }
        if (given.isEmpty() || given.contains("websocket")) {
            listener(values, "websocket", "ws", "127.0.0.1:8083");
        }
    }

    private static void listener(Values values, String name, String type, String bind) {
        values.putIfAbsent(new Setting(ListenerKeys.TYPE.path(name), type, Origin.DEFAULT));
        values.putIfAbsent(new Setting(ListenerKeys.BIND.path(name), bind, Origin.DEFAULT));
    }

    /** The first label of the host's name, or {@code carillon} where that is no node name. */
    private static String nameOf(String hostName) {
        String label = hostName.split("\\.", 2)[0];
        return NodeConfig.NAME_FORM.matcher(label).matches() ? label : "carillon";
    }
}
