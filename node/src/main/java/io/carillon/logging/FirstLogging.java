package io.carillon.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.carillon.config.LogConfig;

/** Sets the log up before the configuration is read, in place of any file that Logback may find. */
public final class FirstLogging extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logging.start(context, new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.INFO));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
