package io.carillon.bench.picture;

/** A colour of a drawing; each can be read on white and on a dark page alike. */
public enum Ink {
    TEXT(0x7d8896),
    GRID(0x8b949e),
    BLUE(0x3b82f6),
    ORANGE(0xe8853a),
    GREEN(0x2fa36b),
    PURPLE(0x9b6ddb),
    RED(0xe05d5d),
    TEAL(0x2aa5b5);

    private final int rgb;

    Ink(int rgb) {
        this.rgb = rgb;
    }

    /** Red, green and blue, eight bits each. */
    int rgb() {
        return rgb;
    }

    /** The ink of the series of that number; they repeat after six. */
    public static Ink ofSeries(int number) {
        return values()[2 + Math.floorMod(number, values().length - 2)];
    }
}
