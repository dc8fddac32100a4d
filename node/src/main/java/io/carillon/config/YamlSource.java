package io.carillon.config;

import static io.carillon.config.Types.quote;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Settings of a YAML file: nested maps whose leaves are scalars or lists of scalars. All scalars
 * are text here; their keys say what they mean. Works on the parser's events, so that each setting
 * has its line and nothing is built that a hostile file could make large. Used once.
 */
final class YamlSource {
    private static final int CHARACTERS_MAX = 1 << 20;
    private static final int DEPTH_MAX = 16;

    private final String file;
    private final Problems problems;
    private final List<Setting> settings = new ArrayList<>();
    private final Map<String, Integer> lineByPath = new HashMap<>();
    private final Deque<Level> open = new ArrayDeque<>();
    private boolean begun;

    /** A map, or a list if it has items, that has begun and not ended. */
    private static final class Level {
        final String path;
        final int line;
        final @Nullable List<String> items;

        /** The path and line of the key whose value comes next, in a map. */
        @Nullable String key;

        int keyLine;

        Level(String path, int line, @Nullable List<String> items) {
            this.path = path;
            this.line = line;
            this.items = items;
        }
    }

    private YamlSource(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The settings of a file's text; what is wrong with it goes to {@code problems}. */
    static List<Setting> read(String file, String text, Problems problems) {
        YamlSource source = new YamlSource(file, problems);
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(CHARACTERS_MAX).build();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                if (!source.accept(event)) {
                    break;
                }
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            problems.add(Origin.file(file, line), "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(file + ": not YAML: " + firstLine(e));
        }
        return source.settings;
    }

    /** Takes one event; false if there is no sense in reading on. */
    private boolean accept(Event event) {
        return switch (event.getEventId()) {
            case StreamStart, StreamEnd, DocumentEnd, Comment -> true;
            case DocumentStart -> beginDocument(event);
            case MappingStart -> begin(event, null);
            case SequenceStart -> begin(event, new ArrayList<>());
            case MappingEnd, SequenceEnd -> end();
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> refuse(event, "anchors and aliases (&, *) are not supported");
        };
    }

    private boolean beginDocument(Event event) {
        if (begun) {
            return refuse(event, "a second document begins; one file holds one");
        }
        begun = true;
        return true;
    }

    private boolean begin(Event event, @Nullable List<String> items) {
        Level parent = open.peek();
        if (parent == null) {
            open.push(new Level("", 1, null));
            return items == null || refuse(event, "a list; expected keys such as 'node:'");
        }
        if (parent.items != null) {
            return refuse(event, parent.path + " takes a list of plain values");
        }
        if (parent.key == null) {
            return refuse(event, "a key must be plain text");
        }
        if (open.size() >= DEPTH_MAX) {
            return refuse(event, "more than " + DEPTH_MAX + " levels");
        }
        open.push(new Level(parent.key, parent.keyLine, items));
        parent.key = null;
        return true;
    }

    private boolean end() {
        Level level = open.pop();
        if (level.items != null) {
            add(level.path, String.join(",", level.items), level.line);
        }
        return true;
    }

    private boolean scalar(ScalarEvent event) {
        Level level = open.peek();
        String text = event.getValue().strip();
        if (level == null) {
            return text.isEmpty() || refuse(event, quote(text) + "; expected keys such as 'node:'");
        }
        if (level.items != null) {
            level.items.add(text);
        } else if (level.key == null) {
            level.key = level.path.isEmpty() ? text : level.path + "." + text;
            level.keyLine = line(event);
        } else {
            boolean empty = event.isPlain() && (text.isEmpty() || text.equals("null"));
            add(level.key, empty ? null : text, level.keyLine);
            level.key = null;
        }
        return true;
    }

    private void add(String path, @Nullable String text, int line) {
        Integer earlier = lineByPath.putIfAbsent(path, line);
        if (earlier == null) {
            settings.add(new Setting(path, text, Origin.file(file, line)));
        } else {
            problems.add(
                    Origin.file(file, line),
                    quote(path) + " is given a second time; the first is in line " + earlier);
        }
    }

    private boolean refuse(Event event, String cause) {
        problems.add(Origin.file(file, line(event)), cause);
        return false;
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private static String firstLine(YamlEngineException e) {
        return Optional.ofNullable(e.getMessage())
                .orElse("unreadable")
                .lines()
                .findFirst()
                .orElse("");
    }
}
