package io.sandalphone.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/// How is logged until the settings are read: warnings and worse, to standard error. [Logging] replaces it then. Found by
/// logback (`META-INF/services`). A file of XML that says the same takes a seventh of the main thread's part of the start.
public final class FirstLogging extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var line = new PatternLayoutEncoder();
        line.setContext(context);
        line.setPattern("%level %msg%n");
        line.start();
        var out = new ConsoleAppender<ILoggingEvent>();
        out.setContext(context);
        out.setTarget("System.err");
        out.setEncoder(line);
        out.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(out);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
