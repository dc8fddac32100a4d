package io.carillon.logging;

/** Writes text as a JSON string. */
public final class Json {
    private Json() {}

    /** Appends the text in quotes, with all that JSON and terminals take amiss escaped. */
    public static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    // A surrogate without its other half is no UTF-8.
                    if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
