package io.carillon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The whole configuration of a node. Read once, valid, immutable.
 *
 * @param listeners by name, in the order in which they open; at least one
 */
public record CarillonConfig(
        NodeConfig node,
        Map<String, ListenerConfig> listeners,
        AuthConfig auth,
        MqttConfig mqtt,
        StorageConfig storage,
        ClusterConfig cluster,
        HttpConfig http,
        SysConfig sys,
        LogConfig log) {

    /** All keys, in the order in which they are shown. */
    static final KeyTable KEYS =
            new KeyTable(
                    List.of(
                            NodeConfig.SECTION,
                            ListenerKeys.SECTION,
                            AuthConfig.SECTION,
                            MqttConfig.SECTION,
                            StorageConfig.SECTION,
                            ClusterKeys.SECTION,
                            HttpConfig.SECTION,
                            SysConfig.SECTION,
                            LogConfig.SECTION));

    static CarillonConfig from(Values values, Problems problems) {
        return new CarillonConfig(
                NodeConfig.from(values),
                ListenerKeys.from(values, problems),
                AuthConfig.from(values),
                MqttConfig.from(values),
                StorageConfig.from(values),
                ClusterKeys.from(values, problems),
                HttpConfig.from(values),
                SysConfig.from(values),
                LogConfig.from(values));
    }

    /** What is allowed and probably not meant: one sentence each, for the log at start. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        boolean certificates =
                listeners.values().stream().anyMatch(ListenerConfig::asksForCertificates);
        boolean reachable = listeners.values().stream().anyMatch(l -> !l.bind().isLoopback());
        switch (auth.allowAnonymous()) {
            case FALSE -> {
                if (!certificates) {
                    warnings.add(
                            "auth.allowAnonymous is false and no listener asks for client"
                                    + " certificates: no client can connect. Set"
                                    + " listeners.NAME.tls.clientAuth on a listener of type mqtts"
                                    + " or wss, or allow anonymous clients");
                }
            }
            case LOOPBACK -> {
                if (reachable && !certificates) {
                    warnings.add(
                            "auth.allowAnonymous is loopback and no listener asks for client"
                                    + " certificates: only clients on this host can connect,"
                                    + " whatever the listeners bind");
                }
            }
            case TRUE -> {
                if (reachable) {
                    warnings.add(
                            "auth.allowAnonymous is true: whoever reaches the listeners can"
                                    + " publish and subscribe to everything");
                }
            }
        }
        warnings.addAll(cluster.warnings());
        return List.copyOf(warnings);
    }
}
