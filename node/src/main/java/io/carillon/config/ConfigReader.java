package io.carillon.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a configuration: {@code --set} over environment over file over default. All problems are
 * named at once. Blocks on the file; one use, any thread.
 *
 * @param environment the process's variables, or a test's
 * @param hostName gives the node's name where none is set
 */
public record ConfigReader(Map<String, String> environment, String hostName) {
    private static final long FILE_BYTES_MAX = 1 << 20;

    /** The reader of this process. */
    public static ConfigReader ofProcess() {
        return new ConfigReader(System.getenv(), processHostName());
    }

    /**
     * The configuration of a file, if there is one, and of {@code KEY=VALUE} settings.
     *
     * @throws ConfigException if the file cannot be read, or a key or value is wrong
     */
    public EffectiveConfig read(Optional<Path> file, List<String> sets) throws ConfigException {
        String text = file.isPresent() ? text(file.get()) : "";
        return read(file.map(Path::toString).orElse("no file"), text, sets);
    }

    /** The same, of a file that was read already. */
    EffectiveConfig read(String fileName, String fileText, List<String> sets)
            throws ConfigException {
        Problems problems = new Problems();
        Values values = new Values();
        // Each source wins over those before it.
        put(YamlSource.read(fileName, fileText, problems), values, problems);
        EnvironmentSource variables = new EnvironmentSource(CarillonConfig.KEYS);
        put(variables.read(environment, problems), values, problems);
        put(SetSource.read(sets, problems), values, problems);
        Fallbacks.fill(values, hostName);
        CarillonConfig config = CarillonConfig.from(values, problems);
        if (!problems.isEmpty()) {
            throw problems.toException();
        }
        return new EffectiveConfig(config, values);
    }

    private static String processHostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A host that doesn't know its name: the node's fallback name serves.
            return "";
        }
    }

    private static void put(List<Setting> settings, Values values, Problems problems) {
        for (Setting setting : settings) {
            if (check(setting, problems)) {
                values.put(setting);
            }
        }
    }

    /** True if the setting is to be taken. */
    private static boolean check(Setting setting, Problems problems) {
        String path = setting.path();
        Optional<Key<?>> key = CarillonConfig.KEYS.find(path);
        String text = setting.text();
        if (key.isEmpty()) {
            if (text != null || !CarillonConfig.KEYS.isPart(path)) {
                problems.add(setting.origin(), CarillonConfig.KEYS.explainUnknown(path));
            }
            return false;
        }
        if (text == null) {
            problems.add(setting.origin(), path + " has no value; give it one or remove it");
            return false;
        }
        try {
            key.get().type().parse(text);
            return true;
        } catch (InvalidValue e) {
            String cause = key.get().secret() ? "the value is not valid" : e.getMessage();
            problems.add(setting.origin(), path + ": " + cause);
            return false;
        }
    }

    private static String text(Path file) throws ConfigException {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw refused(file, "is larger than 1 MiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(file, "is not UTF-8");
        } catch (NoSuchFileException e) {
            throw refused(file, "does not exist");
        } catch (IOException e) {
            throw refused(file, "cannot be read: " + e.getMessage());
        }
    }

    private static ConfigException refused(Path file, String cause) {
        return new ConfigException(
                List.of("the configuration file " + file.toAbsolutePath() + " " + cause));
    }
}
