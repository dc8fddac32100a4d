package io.carillon.bench;

import java.util.Locale;

/** What {@code --help} prints. */
final class Help {
    private Help() {}

    static String general() {
        StringBuilder text =
                new StringBuilder(
                        """
                        Puts load on an MQTT broker and measures it.

                        carillon-bench COMMAND [OPTION]...

                        """);
        for (Command command : Command.values()) {
            text.append(line(command.word(), command.meaning()));
        }
        return text.append(
                        """

                        carillon-bench COMMAND --help lists the command's options.
                        Ends with 0; with 1 where the broker lost, doubled or reordered messages \
                        or closed
                        connections; with 2 where the command line or a connection was wrong.
                        """)
                .toString();
    }

    static String of(Command command) {
        StringBuilder text = new StringBuilder();
        text.append("carillon-bench ").append(command.word()).append(" [OPTION]...\n");
        text.append(command.meaning()).append("\n\n");
        for (Option option : command.options()) {
            String standard = command.standard(option);
            text.append(
                    line(
                            (option.flag() + " " + option.form()).strip(),
                            option.meaning() + (standard.isEmpty() ? "" : " (" + standard + ")")));
        }
        return text.toString();
    }

    private static String line(String left, String right) {
        return String.format(Locale.ROOT, "  %-24s %s%n", left, right);
    }
}
