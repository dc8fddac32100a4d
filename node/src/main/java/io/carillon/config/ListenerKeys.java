package io.carillon.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys {@code listeners.NAME.*} and what must hold among them. */
final class ListenerKeys {
    static final Key<ListenerType> TYPE =
            Key.optional(
                    "listeners.*.type",
                    Types.choice(ListenerType.class),
                    "mqtt",
                    "What it speaks: mqtt, mqtts (TLS), ws (WebSocket) or wss (WebSocket, TLS)");

    static final Key<BindAddress> BIND =
            Key.optional(
                    "listeners.*.bind",
                    Types.BIND,
                    "0.0.0.0:1883",
                    "HOST:PORT to listen at; 0.0.0.0 or [::] for all addresses, port 0 for a free"
                            + " one");

    static final Key<String> PATH =
            Key.of(
                    "listeners.*.path",
                    Types.text(Pattern.compile("/[A-Za-z0-9._~/-]{0,255}"), "a path such as /mqtt"),
                    "/mqtt",
                    "Path of the WebSocket, for ws and wss");

    static final Section SECTION =
            new Section(
                    "listeners",
                    "Where clients connect, by a name of your choice; with none at all the first two.",
                    keys());

    private ListenerKeys() {}

    /** The listeners, in the order in which they are given. */
    static Map<String, ListenerConfig> from(Values values, Problems problems) {
        Map<String, ListenerConfig> listeners = new LinkedHashMap<>();
        Map<BindAddress, String> names = new HashMap<>();
        for (String name : values.names("listeners")) {
            Optional<ListenerConfig> listener = one(name, values, problems);
            if (listener.isEmpty()) {
                continue;
            }
            listeners.put(name, listener.get());
            BindAddress bind = listener.get().bind();
            String other = bind.port() == 0 ? null : names.putIfAbsent(bind, name);
            if (other != null) {
                problems.add("listeners " + other + " and " + name + " both bind " + bind);
            }
        }
        return Collections.unmodifiableMap(listeners);
    }

    /** True if a listener of that type has the key. */
    static boolean applies(Key<?> key, ListenerType type) {
        if (key.equals(PATH)) {
            return type.isWebSocket();
        }
        return type.isTls() || !TlsKeys.ALL.contains(key);
    }

    private static Optional<ListenerConfig> one(String name, Values values, Problems problems) {
        Optional<ListenerType> type = values.find(TYPE, TYPE.path(name));
        Optional<BindAddress> bind = values.find(BIND, BIND.path(name));
        require(name, TYPE, type, problems);
        require(name, BIND, bind, problems);
        if (type.isEmpty() || bind.isEmpty()) {
            return Optional.empty();
        }
        for (Key<?> key : SECTION.keys()) {
            String path = key.path(name);
            if (values.isGiven(path) && !applies(key, type.get())) {
                String own = TYPE.type().format(type.get());
                problems.add(values.origin(path), path + " is not for a listener of type " + own);
            }
        }
        return Optional.of(
                new ListenerConfig(
                        name,
                        type.get(),
                        bind.get(),
                        values.find(PATH, PATH.path(name)).orElseThrow(),
                        TlsKeys.from(values, name, type.get(), problems)));
    }

    private static void require(String name, Key<?> key, Optional<?> value, Problems problems) {
        if (value.isEmpty()) {
            problems.add("listener " + name + " needs " + key.path(name) + ": " + key.comment());
        }
    }

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(List.of(TYPE, BIND, PATH));
        keys.addAll(TlsKeys.ALL);
        return keys;
    }
}
