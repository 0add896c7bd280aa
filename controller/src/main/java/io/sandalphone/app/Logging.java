package io.sandalphone.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

import net.logstash.logback.decorate.JsonFactoryDecorator;
import net.logstash.logback.encoder.LogstashEncoder;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.stream.Stream;

/// Log lines as the settings want them, on standard output. A line is a fixed sentence; what varies
/// is added as key and value (SLF4J's fluent interface), so that machines and people read the same:
///
/// ```java
/// log.atInfo().addKeyValue("call", id).addKeyValue("cause", cause).log("call ended");
/// ```
final class Logging {
    private Logging() {}

    static void configure(LogSettings settings) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Encoder<ILoggingEvent> encoder = encoder(settings.format(), context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> out = new ConsoleAppender<>();
        out.setContext(context);
        out.setEncoder(encoder);
        out.addFilter(new OfRealCalls());
        out.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(out);
        // What our libraries say below WARN is about them, not about calls.
        root.setLevel(ch.qos.logback.classic.Level.WARN);
        context.getLogger("io.sandalphone").setLevel(level(settings.level()));
        if (settings.level() == LogSettings.Level.FATAL) {
            root.setLevel(ch.qos.logback.classic.Level.OFF);
        }
    }

    private static ch.qos.logback.classic.Level level(LogSettings.Level level) {
        return switch (level) {
            case FATAL -> ch.qos.logback.classic.Level.OFF;
            case ERROR -> ch.qos.logback.classic.Level.ERROR;
            case WARN -> ch.qos.logback.classic.Level.WARN;
            case INFO -> ch.qos.logback.classic.Level.INFO;
            case DEBUG -> ch.qos.logback.classic.Level.DEBUG;
            case TRACE -> ch.qos.logback.classic.Level.TRACE;
        };
    }

    /// Leaves out what is said of a call that nobody made.
    private static final class OfRealCalls extends Filter<ILoggingEvent> {
        @Override
        public FilterReply decide(ILoggingEvent event) {
            return Rehearsal.isOnStage() ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }

    /// Writes a value that JSON has no form for, such as a duration, as its text: one that Jackson knows no form for would cost the
    /// whole line.
    private static final class ValuesAsText implements JsonFactoryDecorator {
        @Override
        public JsonFactory decorate(JsonFactory factory) {
            var module =
                    new SimpleModule() {
                        @Override
                        public void setupModule(SetupContext context) {
                            context.addSerializers(new AsText());
                        }
                    };
            ((ObjectMapper) factory.getCodec()).registerModule(module);
            return factory;
        }
    }

    private static final class AsText extends Serializers.Base {
        @Override
        public @Nullable JsonSerializer<?> findSerializer(
                SerializationConfig config, JavaType type, BeanDescription described) {
            boolean known =
                    type.isPrimitive()
                            || type.isEnumType()
                            || Stream.of(
                                            CharSequence.class,
                                            Number.class,
                                            Boolean.class,
                                            Character.class)
                                    .anyMatch(each -> type.isTypeOrSubTypeOf(each));
            return known ? null : ToStringSerializer.instance;
        }
    }

    /// For commands whose own output is what people read.
    static void quiet() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(ch.qos.logback.classic.Level.OFF);
    }

    static Encoder<ILoggingEvent> encoder(LogSettings.Format format, LoggerContext context) {
        return switch (format) {
            case JSON -> {
                LogstashEncoder json = new LogstashEncoder();
                json.setContext(context);
                json.setVersion(null);
                // What is written does not depend on which modules happen to be there.
                json.setFindAndRegisterJacksonModules(false);
                json.setJsonFactoryDecorator(new ValuesAsText());
                yield json;
            }
            case PLAIN -> {
                PatternLayoutEncoder plain = new PatternLayoutEncoder();
                plain.setContext(context);
                plain.setPattern(
                        "%d{HH:mm:ss.SSS} %-5level %logger{0}  %msg %kvp{NONE}%n%ex{full}");
                yield plain;
            }
        };
    }
}
