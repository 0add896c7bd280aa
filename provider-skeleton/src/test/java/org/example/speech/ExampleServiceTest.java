package org.example.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.config.Finding;
import io.sandalphone.config.Secret;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;

class ExampleServiceTest {
    private static final FakeService FAKE = FakeService.start();

    @AfterAll
    static void closeFake() {
        FAKE.close();
    }

    private static ExampleService service(String endpoint) {
        return new ExampleService(
                URI.create(endpoint), new Secret("another key"), Duration.ofSeconds(20));
    }

    @Test
    void a_wrong_key_is_a_matter_of_credentials_and_names_its_setting() throws Exception {
        try (ExampleService service = service(FAKE.endpoint())) {
            var failure =
                    assertThrows(
                            SpeechException.class,
                            () ->
                                    service.text(
                                            "/translate",
                                            "from=en&to=es",
                                            BodyPublishers.ofString("waa")));
            assertEquals(Kind.CREDENTIALS, failure.kind());
            assertEquals(
                    List.of("engines.example.api-key"),
                    service.check().stream().map(Finding::setting).toList());
        }
    }

    @Test
    void a_service_that_is_not_there_is_unreachable() {
        // Port 1 of loopback: nobody listens there.
        try (ExampleService service = service("http://127.0.0.1:1")) {
            var failure =
                    assertThrows(
                            SpeechException.class,
                            () -> service.text("/check", "", BodyPublishers.noBody()));
            assertEquals(Kind.UNREACHABLE, failure.kind());
        }
    }
}
