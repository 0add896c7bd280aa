package io.sandalphone.providers.polly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.config.Section;
import io.sandalphone.providers.polly.PollySettings.Overflow;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

class PollySettingsReaderTest {
    @Test
    void the_defaults_are_the_standard_engine_and_the_usual_keys() throws Exception {
        PollySettings settings = read("", Map.of());

        assertEquals("us-east-1", settings.region());
        assertEquals(Optional.empty(), settings.keys());
        assertEquals(Optional.empty(), settings.endpoint());
        assertEquals(PollyEngine.STANDARD, settings.engine());
        assertEquals(AudioFormat.MULAW, settings.format());
        assertEquals(OptionalInt.empty(), settings.ratePercent());
        assertEquals(Duration.ofMillis(1500), settings.deadlines().firstAudio());
        assertEquals(new Quota(7, 9), settings.quotas().get(PollyEngine.NEURAL));
    }

    @Test
    void every_key_is_read() throws Exception {
        PollySettings settings =
                read(
                        """
                        region: eu-west-2
                        endpoint: http://localhost:9100
                        engine: neural
                        overflow: none
                        voices: {es: Pedro, es-MX: Mia}
                        format: pcm
                        rate-percent: 110
                        cache: {mebibytes: 1, max-characters: 10}
                        """,
                        Map.of(
                                "AWS_ACCESS_KEY_ID", "id",
                                "AWS_SECRET_ACCESS_KEY", "s3cr3t",
                                "AWS_SESSION_TOKEN", "token"));

        assertEquals("eu-west-2", settings.region());
        assertEquals(Optional.of(URI.create("http://localhost:9100")), settings.endpoint());
        assertEquals(PollyEngine.NEURAL, settings.engine());
        assertEquals(Overflow.NONE, settings.overflow());
        assertEquals(
                Map.of(new Language("es"), "Pedro", new Language("es-MX"), "Mia"),
                settings.voices());
        assertEquals(OptionalInt.of(110), settings.ratePercent());
        assertEquals(new PollySettings.Cache(1 << 20, 10), settings.cache());
        PollySettings.Keys keys = settings.keys().orElseThrow();
        assertEquals("id", keys.accessKeyId().reveal());
        assertEquals("s3cr3t", keys.secretAccessKey().reveal());
        assertEquals("token", keys.sessionToken().orElseThrow().reveal());
        assertFalse(settings.toString().contains("s3cr3t"), settings::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "region: Frankfurt | polly.region",
                "access-key-id: id | polly.secret-access-key",
                "secret-access-key: key | polly.secret-access-key",
                "endpoint: localhost | polly.endpoint",
                "endpoint: http://me:pw@host | polly.endpoint",
                "engine: nueral | polly.engine",
                "overflow: 'yes' | polly.overflow",
                "voices: {es: Joanna} | polly.voices.es",
                "voices: {es: Pedro} | polly.voices.es",
                "voices: {spanish_: Lupe} | polly.voices.spanish_",
                "voices: {es: 'Lupe!'} | polly.voices.es",
                "format: mp3 | polly.format",
                "rate-percent: 500 | polly.rate-percent",
                "rate-percent: fast | polly.rate-percent",
                "first-audio-timeout: 0s | polly.first-audio-timeout",
                "requests: {neural: {burst: 7}} | polly.requests.neural.burst",
                "cache: {mebibytes: -1} | polly.cache.mebibytes",
                "voice: Lupe | polly.voice",
            })
    void a_mistake_is_refused_with_its_key(String yaml, String key) {
        var refusal = assertThrows(ConfigurationException.class, () -> read(yaml, Map.of()));

        assertEquals(List.of(key), refusal.problems().stream().map(Problem::key).toList());
    }

    @Test
    void a_voice_without_the_standard_engine_will_do_where_nothing_overflows() throws Exception {
        assertTrue(
                read("{engine: neural, overflow: none, voices: {es: Pedro}}", Map.of())
                        .voices()
                        .containsValue("Pedro"));
        assertThrows(
                ConfigurationException.class,
                () -> read("{engine: neural, voices: {es: Pedro}}", Map.of()));
    }

    private static PollySettings read(String yaml, Map<String, String> environment)
            throws ConfigurationException {
        var defaults = (ObjectNode) ConfigTree.defaults().at("/engines/polly");
        var root = JsonNodeFactory.instance.objectNode();
        root.set("polly", ConfigTree.merge(defaults, ConfigTree.yaml("test", yaml)));
        Section section = Section.root(root, environment);
        return section.finish(PollySettingsReader.read(section.section("polly")));
    }
}
