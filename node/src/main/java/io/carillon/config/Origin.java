package io.carillon.config;

/** Where a setting comes from, in words for a message: a file and line, a variable, an option. */
record Origin(String text) {
    /** What no source gave. */
    static final Origin DEFAULT = new Origin("default");

    static Origin file(String name, int line) {
        return new Origin(name + ", line " + line);
    }

    static Origin environment(String variable) {
        return new Origin("environment " + variable);
    }

    static Origin commandLine(String option) {
        return new Origin("option " + option);
    }

    @Override
    public String toString() {
        return text;
    }
}
