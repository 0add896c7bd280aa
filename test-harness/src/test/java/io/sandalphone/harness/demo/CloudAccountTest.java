package io.sandalphone.harness.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class CloudAccountTest {
    private static List<String> missing(Map<String, String> environment) {
        try (var account = new CloudAccount(environment)) {
            return account.missing();
        }
    }

    @Test
    void every_key_that_is_missing_is_named() {
        assertEquals(
                List.of(
                        "ASSEMBLYAI_API_KEY",
                        "AWS_ACCESS_KEY_ID",
                        "AWS_SECRET_ACCESS_KEY",
                        "GOOGLE_TRANSLATE_API_KEY or GOOGLE_APPLICATION_CREDENTIALS"),
                missing(Map.of("AWS_ACCESS_KEY_ID", " ")));
    }

    @Test
    void a_key_or_a_service_account_opens_google_translate() {
        Map<String, String> others =
                Map.of(
                        "ASSEMBLYAI_API_KEY", "a",
                        "AWS_ACCESS_KEY_ID", "b",
                        "AWS_SECRET_ACCESS_KEY", "c");
        for (String google :
                List.of("GOOGLE_TRANSLATE_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS")) {
            var environment = new HashMap<>(others);
            environment.put(google, "d");
            assertEquals(List.of(), missing(environment));
        }
    }

    @Test
    void no_key_is_told_the_controller_but_by_the_environment() {
        try (var account =
                new CloudAccount(
                        Map.of(
                                "ASSEMBLYAI_API_KEY", "secret-a",
                                "AWS_ACCESS_KEY_ID", "secret-b",
                                "AWS_SECRET_ACCESS_KEY", "secret-c",
                                "GOOGLE_APPLICATION_CREDENTIALS", "file"))) {
            assertEquals(Map.of("google", Map.of("api", "v3")), account.settings().engines());
        }
    }
}
