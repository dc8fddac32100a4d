package io.carillon.mqtt.codec;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes as one writes them down by hand: hexadecimal digits; {@code 'text'} for its UTF-8; {@code
 * s'text'} for the same behind its length in two bytes; {@code ( ... )} for what is within behind
 * its length as a variable byte integer.
 */
final class Notation {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(s?)'([^']*)'|([()])|((?:[0-9A-Fa-f]{2})+))\\s*");

    private final Matcher tokens;
    private int position;

    private Notation(String text) {
        tokens = TOKEN.matcher(text);
    }

    static byte[] bytes(String text) {
        Notation notation = new Notation(text);
        byte[] bytes = notation.group(text.length());
        if (notation.position != text.length()) {
            throw new IllegalArgumentException("a ')' too many: " + text);
        }
        return bytes;
    }

    private byte[] group(int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (position < end) {
            if (!tokens.find(position) || tokens.start() != position) {
                throw new IllegalArgumentException("not understood at character " + position);
            }
            int before = position;
            position = tokens.end();
            if (")".equals(tokens.group(3))) {
                if (before == 0) {
                    throw new IllegalArgumentException("nothing to close");
                }
                return out.toByteArray();
            }
            if ("(".equals(tokens.group(3))) {
                byte[] inner = group(end);
                out.writeBytes(variableByteInteger(inner.length));
                out.writeBytes(inner);
            } else if (tokens.group(4) != null) {
                out.writeBytes(HexFormat.of().parseHex(tokens.group(4)));
            } else {
                byte[] text = tokens.group(2).getBytes(StandardCharsets.UTF_8);
                if (tokens.group(1).equals("s")) {
                    out.write(text.length >> 8);
                    out.write(text.length);
                }
                out.writeBytes(text);
            }
        }
        return out.toByteArray();
    }

    private static byte[] variableByteInteger(int value) {
        ByteWriter out = new ByteWriter().variableByteInteger(value);
        byte[] bytes = new byte[out.length()];
        out.copyTo(Unpooled.wrappedBuffer(bytes).clear());
        return bytes;
    }
}
