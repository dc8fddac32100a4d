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
 * @param gone names of nodes, where {@link Action#RECOVER_ALONE} is asked for
 * @param yes whether what may lose data is meant
 */
public record CommandLine(
        Action action, Optional<Path> file, List<String> sets, List<String> gone, boolean yes) {
    /** What is asked for; of several, the last of these. */
    public enum Action {
        RUN,
        RECOVER_ALONE,
        CHECK,
        PRINT_CONFIG,
        VERSION,
        HELP
    }

    private static final List<String> OPTIONS =
            List.of(
                    "--config",
                    "--set",
                    "--check",
                    "--print-config",
                    "--recover-alone",
                    "--yes",
                    "--help",
                    "--version");

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

              --recover-alone NODE,NODE...
                                for a cluster that lost these nodes for good, and the majority of
                                the copies of some shards with them: go on from what this node,
                                which is stopped, has of those shards. WHAT ONLY THE OTHERS HAD IS
                                LOST. Says what it would do; does it with --yes, then exits

            Each key is also an environment variable: node.dataDir is CARILLON_NODE_DATADIR.
            conf/carillon.yaml names all keys. SIGTERM stops the broker in good order.
            """;

    public CommandLine {
        sets = List.copyOf(sets);
        gone = List.copyOf(gone);
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
        List<String> gone = new ArrayList<>();
        boolean yes = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--config" -> file = file(value(argument, rest, problems), problems);
                case "--set" -> value(argument, rest, problems).ifPresent(sets::add);
                case "--recover-alone" -> {
                    actions.add(Action.RECOVER_ALONE);
                    value(argument, rest, problems)
                            .map(names -> names.split(",", -1))
                            .ifPresent(names -> gone.addAll(List.of(names)));
                }
                case "--yes" -> yes = true;
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
        return new CommandLine(Collections.max(actions), file, sets, gone, yes);
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
