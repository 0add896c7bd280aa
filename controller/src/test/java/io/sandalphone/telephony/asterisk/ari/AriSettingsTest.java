package io.sandalphone.telephony.asterisk.ari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;

class AriSettingsTest {
    private static AriSettings settings(String uri, String user, String application) {
        return AriSettings.of(URI.create(uri), user, new Secret("hidden word"), application);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://127.0.0.1/ari, user, app, http or https",
        "http:///ari, user, app, like http://127.0.0.1:8088/ari",
        "http://user:word@127.0.0.1/ari, user, app, without user and query",
        "http://127.0.0.1/ari?api_key=word, user, app, without user and query",
        "http://127.0.0.1/ari, us:er, app, colon",
        "http://127.0.0.1/ari, ' ', app, empty",
        "http://127.0.0.1/ari, user, 'two,apps', two,apps"
    })
    void what_cannot_work_is_refused_by_name(
            String uri, String user, String application, String complaint) {
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> settings(uri, user, application))
                        .toString();

        assertTrue(refusal.contains(complaint), refusal);
        assertFalse(refusal.contains("word"), refusal);
    }

    @Test
    void the_password_is_not_printed() {
        var settings = settings("https://pbx.example/ari", "user", "app");

        assertFalse(settings.toString().contains("hidden"), settings.toString());
    }

    @Test
    void a_silence_limit_must_leave_time_for_a_ping() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new AriTimings(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1)));
    }

    @Test
    void another_time_out_leaves_the_rest_as_it_was() {
        var usual = settings("http://127.0.0.1:8088/ari", "user", "app");
        var patient = usual.withRequestTimeout(Duration.ofSeconds(9));

        assertEquals(Duration.ofSeconds(9), patient.timings().request());
        assertEquals(usual, patient.withRequestTimeout(usual.timings().request()));
    }
}
