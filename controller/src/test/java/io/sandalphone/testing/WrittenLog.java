package io.sandalphone.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import java.util.List;

/// What one class logs, from INFO on, whatever other tests of this virtual machine have made of the levels. Ends by being
/// closed.
public final class WrittenLog implements AutoCloseable {
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger logger;
    private final @Nullable Level before;

    /// From now on.
    public WrittenLog(Class<?> source) {
        logger = (Logger) LoggerFactory.getLogger(source);
        before = logger.getLevel();
        logger.setLevel(Level.INFO);
        appender.start();
        logger.addAppender(appender);
    }

    /// What was written, in its order.
    public List<ILoggingEvent> events() {
        return List.copyOf(appender.list);
    }

    /// All of it as text: messages with their keys and values.
    public String text() {
        var text = new StringBuilder();
        for (ILoggingEvent event : events()) {
            text.append(event.getFormattedMessage())
                    .append(' ')
                    .append(event.getKeyValuePairs())
                    .append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(before);
    }
}
