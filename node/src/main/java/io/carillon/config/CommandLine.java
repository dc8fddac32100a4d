package io.carillon.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of {@code bin/carillon}.
 *
 * @param sets {@code KEY=VALUE}, in the order in which they are given
 */
public record CommandLine(Action action, Optional<Path> file, List<String> sets) {
    /** What is asked for; of several, the last of these. */
    public enum Action {
        RUN,
        CHECK,
        PRINT_CONFIG,
        VERSION,
        HELP
    }

    private static final List<String> OPTIONS =
            List.of("--config", "--set", "--check", "--print-config", "--help", "--version");

    /** What {@code --help} prints. */
    public static final String HELP =
            """
            Runs a Carillon MQTT broker in the foreground.

            Usage: carillon [--config FILE] [--set KEY=VALUE]...

              --config FILE     read the configuration from a YAML file
              --set KEY=VALUE   set a key, such as node.dataDir=/var/lib/carillon; wins over all else
              --check           check the configuration, then exit with 0 or 1
              --print-config    print the configuration in force, secrets masked, then exit
              --version         print the version, then exit
              --help            print this, then exit

            Each key is also an environment variable: node.dataDir is CARILLON_NODE_DATADIR.
            conf/carillon.yaml names all keys. SIGTERM stops the broker in good order.
            """;

    public CommandLine {
        sets = List.copyOf(sets);
    }

    /**
     * Reads the arguments; help goes before version, and both before all else.
     *
     * @throws ConfigException if there is an option that doesn't exist or lacks its value
     */
    public static CommandLine parse(List<String> arguments) throws ConfigException {
        Problems problems = new Problems();
        EnumSet<Action> actions = EnumSet.of(Action.RUN);
        Optional<Path> file = Optional.empty();
        List<String> sets = new ArrayList<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--config" -> file = file(value(argument, rest, problems), problems);
                case "--set" -> value(argument, rest, problems).ifPresent(sets::add);
                case "--check" -> actions.add(Action.CHECK);
                case "--print-config" -> actions.add(Action.PRINT_CONFIG);
                case "--version" -> actions.add(Action.VERSION);
                case "--help", "-h" -> actions.add(Action.HELP);
                default -> problems.add(unknown(argument));
            }
        }
        if (!problems.isEmpty()) {
            throw problems.toException();
        }
        return new CommandLine(Collections.max(actions), file, sets);
    }

    private static Optional<String> value(String option, Iterator<String> rest, Problems problems) {
        if (rest.hasNext()) {
            return Optional.of(rest.next());
        }
        problems.add(Origin.commandLine(option), "needs a value; see --help");
        return Optional.empty();
    }

    private static Optional<Path> file(Optional<String> value, Problems problems) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Types.PATH.parse(value.get()));
        } catch (InvalidValue e) {
            problems.add(Origin.commandLine("--config"), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static String unknown(String option) {
        return "unknown option "
                + Types.quote(option)
                + Nearest.of(option, OPTIONS)
                        .map(nearest -> ": did you mean " + nearest + "?")
                        .orElse("; see --help");
    }
}
