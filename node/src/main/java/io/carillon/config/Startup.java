package io.carillon.config;

import java.io.PrintStream;
import java.util.List;

/** What a process does after its arguments and its configuration are read. */
public sealed interface Startup {
    /** It runs a node. */
    record Run(CarillonConfig config) implements Startup {}

    /**
     * It goes on alone with shards of which the majority is gone for good, and ends.
     *
     * @param gone the names of the nodes that are
     * @param yes whether to do it, or only to say what would be done
     */
    record RecoverAlone(CarillonConfig config, List<String> gone, boolean yes) implements Startup {
        public RecoverAlone {
            gone = List.copyOf(gone);
        }
    }

    /** It ends with that exit status; what was to be said has been printed. */
    record Exit(int status) implements Startup {}

    /** Does what the arguments ask for, up to the point where a node would be started. */
    static Startup of(
            List<String> arguments, ConfigReader reader, PrintStream out, PrintStream err) {
        try {
            CommandLine line = CommandLine.parse(arguments);
            return switch (line.action()) {
                case HELP -> print(CommandLine.HELP, out);
                case VERSION -> print("carillon " + Version.TEXT + "\n", out);
                case PRINT_CONFIG -> print(read(line, reader).toYaml(), out);
                case CHECK -> check(read(line, reader).config(), out);
                case RECOVER_ALONE ->
                        new RecoverAlone(read(line, reader).config(), line.gone(), line.yes());
                case RUN -> new Run(read(line, reader).config());
            };
        } catch (ConfigException e) {
            err.print("carillon: " + e.getMessage() + "\n");
            err.flush();
            return new Exit(1);
        }
    }

    private static EffectiveConfig read(CommandLine line, ConfigReader reader)
            throws ConfigException {
        return reader.read(line.file(), line.sets());
    }

    private static Startup check(CarillonConfig config, PrintStream out) {
        config.warnings().forEach(warning -> print("warning: " + warning + "\n", out));
        return print("the configuration is valid\n", out);
    }

    private static Startup print(String text, PrintStream out) {
        out.print(text);
        out.flush();
        return new Exit(0);
    }
}
