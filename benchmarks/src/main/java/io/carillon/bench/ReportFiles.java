package io.carillon.bench;

import io.carillon.bench.picture.Drawing;
import io.carillon.bench.report.Machine;
import io.carillon.bench.report.Report;
import io.carillon.bench.report.RunPicture;
import io.carillon.config.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that a report is written to, as the command line says. */
final class ReportFiles {
    private final Arguments arguments;
    private final String began = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    private ReportFiles(Arguments arguments) {
        this.arguments = arguments;
    }

    /**
     * To be made before the run.
     *
     * @throws UsageException if the picture would be of an unknown kind
     */
    static ReportFiles of(Arguments arguments) throws UsageException {
        String picture = arguments.value(Option.PICTURE);
        if (!picture.isEmpty() && !Drawing.canWrite(picture)) {
            throw new UsageException(
                    "--picture takes a name that ends with .svg or .png, not '" + picture + "'");
        }
        return new ReportFiles(arguments);
    }

    void write(Report report) throws IOException {
        Machine machine = Machine.here();
        Map<String, Object> settings = settings();
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("command", arguments.command().word());
        about.put("version", Version.TEXT);
        about.put("began", began);
        about.put("settings", settings);
        about.put("machine", machine.json());
        report.about(about);
        String json = arguments.value(Option.JSON);
        if (!json.isEmpty()) {
            Files.writeString(Path.of(json), report.json());
        }
        String picture = arguments.value(Option.PICTURE);
        if (!picture.isEmpty()) {
            RunPicture.of(title(), subtitle(machine), report).write(Path.of(picture));
        }
    }

    /** All options that matter, those left out with their standard: no password and no files. */
    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (Option option : arguments.command().options()) {
            boolean matters =
                    switch (option) {
                        case PASSWORD, JSON, PICTURE -> false;
                        default -> true;
                    };
            if (matters) {
                settings.put(option.flag().substring(2), arguments.value(option));
            }
        }
        return settings;
    }

    private String title() {
        StringBuilder title = new StringBuilder("carillon-bench ");
        title.append(arguments.command().word());
        for (Option option : arguments.command().options()) {
            boolean aboutLoad =
                    switch (option) {
                        case ADDRESS, BROKER_PID, USER, PASSWORD, JSON, PICTURE -> false;
                        default -> true;
                    };
            if (aboutLoad && arguments.given(option)) {
                title.append(' ').append(option.flag());
                title.append(option.isSwitch() ? "" : " " + arguments.value(option));
            }
        }
        return title.toString().strip();
    }

    private String subtitle(Machine machine) {
        return "%s · %s · %d cores, %s, %s"
                .formatted(
                        arguments.value(Option.ADDRESS),
                        began,
                        machine.cores(),
                        machine.processor(),
                        machine.kernel());
    }
}
