package io.carillon.config;

import java.util.List;
import java.util.regex.Pattern;

/** Writes keys as nested YAML, one after the other; keys of one parent must come together. */
final class YamlWriter {
    /** Which lines begin with {@code #}, so that they show a key without setting it. */
    enum Style {
        ACTIVE,
        KEY_COMMENTED,
        /** The name above the key too, but not the section. */
        NAME_COMMENTED
    }

    /** What YAML reads as this very text without quotes, in every version of it. */
    private static final Pattern PLAIN =
            Pattern.compile(
                    "(?!(null|Null|NULL|~)$)[A-Za-z0-9./][A-Za-z0-9._/@+ -]*"
                            + "(:[A-Za-z0-9._/@+-]+)*");

    private final StringBuilder out = new StringBuilder();
    private List<String> parents = List.of();

    /** A line of comment at that depth. */
    void comment(int depth, String text) {
        out.append("  ".repeat(depth)).append("# ").append(text).append('\n');
    }

    void blank() {
        out.append('\n');
    }

    /** Opens what stands above the key, as far as it isn't open. */
    void parents(String path, Style style) {
        List<String> segments = List.of(path.split("\\."));
        List<String> above = segments.subList(0, segments.size() - 1);
        int same = 0;
        while (same < Math.min(above.size(), parents.size())
                && above.get(same).equals(parents.get(same))) {
            same++;
        }
        for (int depth = same; depth < above.size(); depth++) {
            out.append("  ".repeat(depth))
                    .append(style == Style.NAME_COMMENTED && depth > 0 ? "#" : "")
                    .append(above.get(depth))
                    .append(":\n");
        }
        parents = above;
    }

    /** A key and its value below its parents, and a remark at the end of the line unless empty. */
    void entry(String path, String text, Style style, String remark) {
        parents(path, style);
        out.append("  ".repeat(parents.size()))
                .append(style == Style.ACTIVE ? "" : "#")
                .append(path.substring(path.lastIndexOf('.') + 1))
                .append(": ")
                .append(scalar(text))
                .append(remark.isEmpty() ? "" : " # " + remark)
                .append('\n');
    }

    private static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && text.equals(text.strip())) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                quoted.append("\\u%04X".formatted((int) c));
            } else if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
