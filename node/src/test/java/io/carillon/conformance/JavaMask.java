package io.carillon.conformance;

import java.util.BitSet;

/** A Java source whose comments and literals are blanked, so that only its structure is left. */
final class JavaMask {
    private static final String TEXT_BLOCK = "\"\"\"";

    private final String source;
    private final char[] code;
    private final BitSet comments = new BitSet();

    JavaMask(String source) {
        this.source = source;
        this.code = source.toCharArray();
        int i = 0;
        while (i < code.length) {
            if (source.startsWith("//", i)) {
                i = blankComment(i, endOf("\n", i));
            } else if (source.startsWith("/*", i)) {
                i = blankComment(i, endOf("*/", i + 2));
            } else if (source.startsWith(TEXT_BLOCK, i)) {
                i = blank(i, endOfLiteral(TEXT_BLOCK, i + TEXT_BLOCK.length()));
            } else if (code[i] == '"' || code[i] == '\'') {
                i = blank(i, endOfLiteral(String.valueOf(code[i]), i + 1));
            } else {
                i++;
            }
        }
    }

    int length() {
        return code.length;
    }

    char at(int i) {
        return code[i];
    }

    String text(int from, int to) {
        return new String(code, from, to - from);
    }

    /**
     * Where the thing that a mention at this place is about stands: for a comment after code,
     * there.
     */
    int anchor(int offset) {
        if (!comments.get(offset)) {
            return offset;
        }
        for (int i = offset; i >= 0 && code[i] != '\n'; i--) {
            if (!Character.isWhitespace(code[i])) {
                return i;
            }
        }
        return offset;
    }

    private int blankComment(int from, int to) {
        comments.set(from, to);
        return blank(from, to);
    }

    private int blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (code[i] != '\n') {
                code[i] = ' ';
            }
        }
        return to;
    }

    private int endOf(String end, int from) {
        int at = source.indexOf(end, from);
        return at < 0 ? code.length : at + end.length();
    }

    private int endOfLiteral(String end, int from) {
        for (int i = from; i < code.length; i++) {
            if (source.charAt(i) == '\\') {
                i++;
            } else if (source.startsWith(end, i)) {
                return i + end.length();
            }
        }
        return code.length;
    }
}
