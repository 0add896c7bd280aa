package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.ConsoleAppender;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class FirstLoggingTest {
    @Test
    void before_the_settings_are_read_warnings_go_to_standard_error() throws Exception {
        var context = new LoggerContext();
        new ContextInitializer(context).autoConfig();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        assertEquals(Level.WARN, root.getLevel());
        int appenders = 0;
        for (var each = root.iteratorForAppenders(); each.hasNext(); ) {
            appenders++;
            var out = (ConsoleAppender<ILoggingEvent>) each.next();
            assertEquals("System.err", out.getTarget());
        }
        assertEquals(1, appenders);
        context.stop();
    }
}
