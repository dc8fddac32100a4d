package io.carillon.simulation;

/** Says what happens when somebody looks at one run: {@code -Dcarillon.trace=true}. */
final class Log {
    private static final boolean ON = Boolean.getBoolean("carillon.trace");

    private Log() {}

    static void say(World world, String what) {
        if (ON) {
            System.out.println(world.now() + " " + what);
        }
    }

    static boolean isOn() {
        return ON;
    }
}
