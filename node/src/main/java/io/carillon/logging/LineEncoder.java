package io.carillon.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.carillon.config.LogConfig;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** Writes an event as one line of text, with its stack trace below it, or as one line of JSON. */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final byte[] NOTHING = {};

    private final LogConfig.Format format;

    LineEncoder(LogConfig.Format format) {
        this.format = format;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line =
                switch (format) {
                    case TEXT -> text(event);
                    case JSON -> json(event);
                };
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ILoggingEvent event) {
        String logger = event.getLoggerName();
        return TIME.format(event.getInstant())
                + " "
                + event.getLevel()
                + (event.getLevel().toString().length() < 5 ? "  [" : " [")
                + event.getThreadName()
                + "] "
                + logger.substring(logger.lastIndexOf('.') + 1)
                + ": "
                + printable(event.getFormattedMessage() + values(event))
                + "\n"
                + trace(event);
    }

    private static String json(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(256);
        field(line, '{', "time", TIME.format(event.getInstant()));
        field(line, ',', "level", event.getLevel().toString());
        field(line, ',', "thread", event.getThreadName());
        field(line, ',', "logger", event.getLoggerName());
        field(line, ',', "message", String.valueOf(event.getFormattedMessage()));
        for (KeyValuePair pair : pairs(event)) {
            field(line, ',', pair.key, String.valueOf(pair.value));
        }
        String trace = trace(event);
        if (!trace.isEmpty()) {
            field(line, ',', "error", trace);
        }
        return line.append("}\n").toString();
    }

    private static void field(StringBuilder line, char before, String name, String value) {
        line.append(before).append('"').append(name).append("\":");
        Json.quote(value, line);
    }

    /** What was added to the message by name, as the count of lines left out before it. */
    private static String values(ILoggingEvent event) {
        StringBuilder text = new StringBuilder();
        for (KeyValuePair pair : pairs(event)) {
            text.append(' ').append(pair.key).append('=').append(pair.value);
        }
        return text.toString();
    }

    private static List<KeyValuePair> pairs(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null ? List.of() : pairs;
    }

    private static String trace(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null ? "" : ThrowableProxyUtil.asString(thrown);
    }

    /** What a client sends stands in messages: it must not be able to begin a line of its own. */
    private static String printable(String message) {
        for (int i = 0; i < message.length(); i++) {
            if (Character.isISOControl(message.charAt(i))) {
                return message.replaceAll("\\p{Cntrl}", "?");
            }
        }
        return message;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
