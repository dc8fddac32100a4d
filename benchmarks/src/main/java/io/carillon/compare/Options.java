package io.carillon.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param seconds measured per run, after {@code warmup} seconds of load
 * @param scenarios names of loads or sections; empty for all
 * @param brokers names of those to start; empty for all that are installed
 * @param results folder to write to, or null for the project's own
 */
record Options(
        boolean quick,
        int rounds,
        int seconds,
        int warmup,
        int window,
        Set<String> scenarios,
        Set<String> brokers,
        List<GivenBroker> given,
        @Nullable Path results,
        String hiveMqVersion) {
    static final String HELP =
            """
            Compares Carillon with other brokers on this machine.

            compare [OPTION]... [NAME=HOST:PORT[:PID]]...

              --quick             one round of short runs: some minutes, for a first look
              --rounds NUMBER     how often each load is run with each broker (3)
              --seconds SECONDS   measured per run (10)
              --warmup SECONDS    of load before that (5)
              --window MESSAGES   of a publisher on their way, in closed loop (100)
              --scenarios LIST    loads or groups by commas, of those that --list shows (all)
              --brokers LIST      of carillon, mosquitto, flashmq, hivemq (those installed)
              --hivemq VERSION    of HiveMQ CE, from Maven Central (2025.5)
              --results FOLDER    where to write (benchmarks/results)
              --list              names the loads and ends

            NAME=HOST:PORT[:PID] adds a broker that runs already; with its process id its CPU time
            and memory are measured too. Ends with 0; with 1 where messages were lost, doubled or
            reordered by Carillon; with 2 where nothing could be compared.
            """;

    static Options parse(List<String> words) throws CompareException {
        Reader reader = new Reader(words);
        return reader.read();
    }

    private static final class Reader {
        private final List<String> words;
        private final List<GivenBroker> given = new ArrayList<>();
        private boolean quick;
        private OptionalInt rounds = OptionalInt.empty();
        private OptionalInt seconds = OptionalInt.empty();
        private OptionalInt warmup = OptionalInt.empty();
        private int window = 100;
        private Set<String> scenarios = Set.of();
        private Set<String> brokers = Set.of();
        private @Nullable Path results;
        private String hiveMqVersion = "2025.5";

        Reader(List<String> words) {
            this.words = words;
        }

        Options read() throws CompareException {
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                if (word.equals("--quick")) {
                    quick = true;
                } else if (!word.startsWith("--")) {
                    given.add(GivenBroker.parse(word));
                } else if (++i < words.size()) {
                    take(word, words.get(i));
                } else {
                    throw new CompareException(word + " is unknown or needs a value; see --help");
                }
            }
            return new Options(
                    quick,
                    rounds.orElse(quick ? 1 : 3),
                    seconds.orElse(quick ? 3 : 10),
                    warmup.orElse(quick ? 2 : 5),
                    window,
                    scenarios,
                    brokers,
                    List.copyOf(given),
                    results,
                    hiveMqVersion);
        }

        private void take(String option, String value) throws CompareException {
            switch (option) {
                case "--rounds" -> rounds = OptionalInt.of(number(option, value, 1, 99));
                case "--seconds" -> seconds = OptionalInt.of(number(option, value, 1, 3_600));
                case "--warmup" -> warmup = OptionalInt.of(number(option, value, 0, 3_600));
                case "--window" -> window = number(option, value, 1, 65_535);
                case "--scenarios" -> scenarios = Set.of(value.split(","));
                case "--brokers" -> brokers = Set.of(value.split(","));
                case "--hivemq" -> hiveMqVersion = value;
                case "--results" -> results = Path.of(value);
                default -> throw new CompareException("there is no " + option + "; see --help");
            }
        }

        private static int number(String option, String value, int least, int most)
                throws CompareException {
            try {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below, as for a number out of bounds.
            }
            throw new CompareException(
                    "%s takes a number from %d to %d, not '%s'"
                            .formatted(option, least, most, value));
        }
    }
}
