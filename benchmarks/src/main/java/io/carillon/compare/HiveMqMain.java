package io.carillon.compare;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Runs HiveMQ CE in the folder that the process was started in, where its config.xml is. Finds
 * HiveMQ by name, so that this project builds without it.
 */
public final class HiveMqMain {
    private static final String BUILDER = "com.hivemq.embedded.EmbeddedHiveMQBuilder";
    private static final String BROKER = "com.hivemq.embedded.EmbeddedHiveMQ";

    private HiveMqMain() {}

    public static void main(String[] words) throws Exception {
        Path folder = Path.of("").toAbsolutePath();
        Object builder = Class.forName(BUILDER).getMethod("builder").invoke(null);
        with(builder, "withConfigurationFolder", folder);
        with(builder, "withDataFolder", folder.resolve("data"));
        with(builder, "withExtensionsFolder", folder.resolve("extensions"));
        Object broker = Class.forName(BUILDER).getMethod("build").invoke(builder);
        Object started = Class.forName(BROKER).getMethod("start").invoke(broker);
        ((CompletableFuture<?>) started).join();
    }

    private static void with(Object builder, String method, Path folder)
            throws IOException, ReflectiveOperationException {
        Files.createDirectories(folder);
        try {
            Class.forName(BUILDER).getMethod(method, Path.class).invoke(builder, folder);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(method + " of HiveMQ failed", e);
        }
    }
}
