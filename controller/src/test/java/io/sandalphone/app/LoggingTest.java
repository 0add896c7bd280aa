package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.Encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class LoggingTest {
    private record Unknown(String said) {}

    @Test
    void what_json_has_no_form_for_is_written_as_text() throws IOException {
        assertEquals("PT1M12.5S", written(Duration.ofMillis(72_500)).asText());
        assertEquals("1970-01-01T00:00:07Z", written(Instant.ofEpochSecond(7)).asText());
        assertEquals("Optional[x]", written(Optional.of("x")).asText());
        assertEquals("Unknown[said=x]", written(new Unknown("x")).asText());
    }

    @Test
    void what_json_has_is_written_as_that() throws IOException {
        assertEquals("7", written(7).toString());
        assertEquals("0.5", written(0.5).toString());
        assertEquals("true", written(true).toString());
        assertEquals("\"x\"", written("x").toString());
        assertEquals("[\"x\",1]", written(List.of("x", 1)).toString());
    }

    private static JsonNode written(Object value) throws IOException {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        Encoder<ILoggingEvent> encoder = Logging.encoder(LogSettings.Format.JSON, context);
        encoder.start();
        var event = new LoggingEvent("", context.getLogger("test"), Level.INFO, "said", null, null);
        event.addKeyValuePair(new KeyValuePair("value", value));
        return new ObjectMapper().readTree(encoder.encode(event)).path("value");
    }
}
