package io.carillon.config;

import java.util.ArrayList;
import java.util.List;

/** Settings of the command line: {@code --set KEY=VALUE}; a later one wins. */
final class SetSource {
    private static final Origin ORIGIN = Origin.commandLine("--set");

    private SetSource() {}

    static List<Setting> read(List<String> sets, Problems problems) {
        List<Setting> settings = new ArrayList<>();
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals <= 0) {
                problems.add(ORIGIN, Types.quote(set) + " is not KEY=VALUE, such as node.name=one");
                continue;
            }
            String path = set.substring(0, equals).strip();
            settings.add(new Setting(path, set.substring(equals + 1).strip(), ORIGIN));
        }
        return settings;
    }
}
