package io.carillon.bench;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A command line, understood: the command and the values of its options as they were written. */
record Arguments(Command command, Map<Option, String> written) {

    /**
     * Reads {@code COMMAND [--switch | --option value | --option=value]...}. An option given twice
     * joins its values by a comma.
     *
     * @throws UsageException if a word is unknown or a value is missing
     */
    static Arguments parse(List<String> words) throws UsageException {
        if (words.isEmpty()) {
            throw new UsageException("a command is missing; --help lists them");
        }
        Command command = command(words.getFirst());
        Map<Option, String> written = new EnumMap<>(Option.class);
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            Option option = option(command, equals < 0 ? word : word.substring(0, equals));
            if (option.isSwitch()) {
                if (equals >= 0) {
                    throw new UsageException(option.flag() + " takes no value");
                }
                written.put(option, "");
                continue;
            }
            if (equals < 0 && ++i == words.size()) {
                throw new UsageException(word + " needs a value: " + option.form());
            }
            String value = equals < 0 ? words.get(i) : word.substring(equals + 1);
            written.merge(option, value, (first, second) -> first + "," + second);
        }
        return new Arguments(command, written);
    }

    /** The option's value: as written, or the command's own. */
    String value(Option option) {
        return written.getOrDefault(option, command.standard(option));
    }

    boolean given(Option option) {
        return written.containsKey(option);
    }

    private static Command command(String word) throws UsageException {
        for (Command command : Command.values()) {
            if (command.word().equals(word)) {
                return command;
            }
        }
        List<String> words = Arrays.stream(Command.values()).map(Command::word).toList();
        throw new UsageException(
                "there is no command '" + word + "'; the nearest is " + Nearest.of(word, words));
    }

    private static Option option(Command command, String word) throws UsageException {
        for (Option option : command.options()) {
            if (option.flag().equals(word)) {
                return option;
            }
        }
        List<String> flags = command.options().stream().map(Option::flag).toList();
        throw new UsageException(
                "'%s' is no option of %s; the nearest is %s"
                        .formatted(word, command.word(), Nearest.of(word, flags)));
    }
}
