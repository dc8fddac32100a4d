package io.carillon.config;

/** The log on standard output. */
public record LogConfig(Format format, Level level) {
    /** The form of a line. */
    public enum Format {
        TEXT,
        JSON
    }

    /** The least important lines that are written. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    static final Key<Format> FORMAT =
            Key.of(
                    "log.format",
                    Types.choice(Format.class),
                    "text",
                    "Form of a line: text or json");

    static final Key<Level> LEVEL =
            Key.of(
                    "log.level",
                    Types.choice(Level.class),
                    "info",
                    "Least important lines to write: error, warn, info, debug or trace");

    static final Section SECTION = Section.of("log", "The log on standard output.", FORMAT, LEVEL);

    static LogConfig from(Values values) {
        return new LogConfig(values.get(FORMAT), values.get(LEVEL));
    }
}
