package io.carillon.config;

/** Reads and writes {@code always}, {@code os} or an interval. */
record FsyncType() implements ValueType<Fsync> {
    private static final ValueType<Long> INTERVAL = Units.millis("1ms", "1m");

    @Override
    public Fsync parse(String text) throws InvalidValue {
        if (text.equals("always")) {
            return new Fsync.Always();
        }
        if (text.equals("os")) {
            return new Fsync.Os();
        }
        try {
            return new Fsync.Every(INTERVAL.parse(text));
        } catch (InvalidValue e) {
            throw new InvalidValue(
                    Types.quote(text)
                            + " is not always, os or an interval from 1ms to 1m, such as 100ms");
        }
    }

    @Override
    public String format(Fsync value) {
        return switch (value) {
            case Fsync.Always() -> "always";
            case Fsync.Every(long millis) -> INTERVAL.format(millis);
            case Fsync.Os() -> "os";
        };
    }
}
