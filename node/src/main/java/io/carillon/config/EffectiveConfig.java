package io.carillon.config;

/** A configuration together with the settings that it was built of, which know their origins. */
public final class EffectiveConfig {
    private final CarillonConfig config;
    private final Values values;

    EffectiveConfig(CarillonConfig config, Values values) {
        this.config = config;
        this.values = values;
    }

    public CarillonConfig config() {
        return config;
    }

    /**
     * All keys with the values in force as YAML, with the origin of each that is not a default.
     * Secrets are masked; apart from them, the text is a configuration file that gives the same.
     */
    public String toYaml() {
        YamlWriter yaml = new YamlWriter();
        for (Section section : CarillonConfig.KEYS.sections()) {
            for (Key<?> key : section.keys()) {
                if (!key.isNamed()) {
                    entry(yaml, key, key.path());
                }
            }
        }
        for (ListenerConfig listener : config.listeners().values()) {
            for (Key<?> key : ListenerKeys.SECTION.keys()) {
                if (ListenerKeys.applies(key, listener.type())) {
                    entry(yaml, key, key.path(listener.name()));
                }
            }
        }
        return yaml.toString();
    }

    private <T> void entry(YamlWriter yaml, Key<T> key, String path) {
        values.find(key, path)
                .ifPresent(
                        value -> {
                            String text = key.secret() ? "****" : key.type().format(value);
                            Origin origin = values.origin(path);
                            String remark = origin.equals(Origin.DEFAULT) ? "" : origin.text();
                            yaml.entry(path, text, YamlWriter.Style.ACTIVE, remark);
                        });
    }
}
