package io.carillon.config;

/**
 * The topics under {@code $SYS}.
 *
 * @param intervalMillis between two updates; 0 means that there are none
 */
public record SysConfig(long intervalMillis) {
    static final Key<Long> INTERVAL =
            Key.of(
                    "sys.interval",
                    Units.orWord("off", 0, Units.millis("1s", "1d")),
                    "10s",
                    "Time between updates of the topics under $SYS; off for none");

    static final Section SECTION = Section.of("sys", "The broker's own topics, $SYS.", INTERVAL);

    public boolean enabled() {
        return intervalMillis > 0;
    }

    static SysConfig from(Values values) {
        return new SysConfig(values.get(INTERVAL));
    }
}
