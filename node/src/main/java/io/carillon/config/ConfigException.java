package io.carillon.config;

import java.util.List;

/** A configuration that the node cannot start with. Its message has a line for each problem. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConfigException(List<String> problems) {
        super(
                "the configuration has "
                        + (problems.size() == 1 ? "a problem" : problems.size() + " problems")
                        + ":\n  "
                        + String.join("\n  ", problems),
                null,
                false,
                false);
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, where, and what would be right; one sentence each. */
    public List<String> problems() {
        return problems;
    }
}
