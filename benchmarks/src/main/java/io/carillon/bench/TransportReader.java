package io.carillon.bench;

import io.carillon.bench.transport.TlsSettings;
import io.carillon.bench.transport.TransportSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the options of TLS and WebSocket. */
final class TransportReader {
    private static final List<Option> OF_TLS =
            List.of(
                    Option.CA,
                    Option.INSECURE,
                    Option.CERT,
                    Option.KEY,
                    Option.TLS_VERSION,
                    Option.TLS_GROUPS,
                    Option.RESUME);

    private TransportReader() {}

    static TransportSettings read(Arguments arguments) throws UsageException {
        return new TransportSettings(tls(arguments), webSocketPath(arguments));
    }

    private static @Nullable TlsSettings tls(Arguments arguments) throws UsageException {
        if (!arguments.given(Option.TLS)) {
            for (Option option : OF_TLS) {
                require(!arguments.given(option), option.flag() + " goes with --tls only");
            }
            return null;
        }
        require(
                !(arguments.given(Option.CA) && arguments.given(Option.INSECURE)),
                "--ca says whom to trust and --insecure says anyone: only one of them can hold");
        require(
                arguments.given(Option.CERT) == arguments.given(Option.KEY),
                "--cert and --key go together");
        return new TlsSettings(
                version(arguments.value(Option.TLS_VERSION)),
                List.of(arguments.value(Option.TLS_GROUPS).split(",")),
                file(arguments, Option.CA),
                arguments.given(Option.INSECURE),
                file(arguments, Option.CERT),
                file(arguments, Option.KEY),
                arguments.given(Option.RESUME));
    }

    private static String version(String written) throws UsageException {
        return switch (written) {
            case "1.2", "1.3" -> "TLSv" + written;
            default ->
                    throw new UsageException("--tls-version is 1.2 or 1.3, not '" + written + "'");
        };
    }

    private static @Nullable Path file(Arguments arguments, Option option) {
        return arguments.given(option) ? Path.of(arguments.value(option)) : null;
    }

    private static @Nullable String webSocketPath(Arguments arguments) throws UsageException {
        if (!arguments.given(Option.WS)) {
            require(!arguments.given(Option.WS_PATH), "--ws-path goes with --ws only");
            return null;
        }
        String path = arguments.value(Option.WS_PATH);
        require(path.startsWith("/"), "--ws-path begins with a slash, not '" + path + "'");
        return path;
    }

    private static void require(boolean holds, String otherwise) throws UsageException {
        if (!holds) {
            throw new UsageException(otherwise);
        }
    }
}
