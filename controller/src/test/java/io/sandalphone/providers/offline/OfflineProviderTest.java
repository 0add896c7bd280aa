package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Finding;
import io.sandalphone.config.Section;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.testing.RequiresPackage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

class OfflineProviderTest {
    @Test
    @RequiresPackage(value = "pocketsphinx", file = "/usr/bin/pocketsphinx_mdef_convert")
    @RequiresPackage(
            value = "pocketsphinx-en-us",
            file = "/usr/share/pocketsphinx/model/en-us/en-us.lm.bin")
    @RequiresPackage(value = "apertium-eng-spa", file = "/usr/share/apertium/modes/eng-spa.mode")
    @RequiresPackage(value = "espeak-ng", file = "/usr/bin/espeak-ng")
    void nothing_is_missing_where_all_packages_are_installed() {
        assertEquals(List.of(), OfflineProvider.missing(OfflineSettings.defaults()));
    }

    @Test
    void what_is_missing_is_named_with_its_package(@TempDir Path empty) {
        var missing = OfflineProvider.missing(Settings.model(empty));
        assertTrue(
                missing.contains(
                        empty.resolve("en-us.lm.bin")
                                + " not found: install package pocketsphinx-en-us"),
                missing::toString);
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> Settings.decoders(0));
        assertThrows(IllegalArgumentException.class, () -> Settings.answeringWithin(Duration.ZERO));
    }

    @Test
    void settings_change_what_they_name_and_nothing_else() throws Exception {
        var settings = read("{decoders: 3, recognize-timeout: 1500ms}");
        assertEquals(3, settings.decoders());
        assertEquals(Duration.ofMillis(1500), settings.recognizeTimeout());
        assertEquals(OfflineSettings.defaults().pitch(), settings.pitch());
        assertEquals(OfflineSettings.defaults(), read("{}"));
    }

    @ParameterizedTest
    @CsvSource({"voice, x", "decoders, many", "pitch, 400", "spanish-voice, ../x"})
    void a_wrong_setting_is_named(String key, String value) {
        var refused =
                assertThrows(
                        ConfigurationException.class, () -> read("{" + key + ": " + value + "}"));
        assertEquals("engines.offline." + key, refused.problems().getFirst().key());
    }

    @Test
    void voices_are_listed_each_once() throws Exception {
        assertEquals(
                List.of(VoiceKind.FLITE, VoiceKind.PICO), read("{voices: [flite, pico]}").voices());
        for (String wrong : List.of("[]", "[pico, pico]", "[festival]", "pico")) {
            assertThrows(
                    ConfigurationException.class, () -> read("{voices: " + wrong + "}"), wrong);
        }
    }

    @Test
    @RequiresPackage(value = "espeak-ng", file = "/usr/bin/espeak-ng")
    void a_voice_that_would_be_preferred_and_is_not_there_is_named_with_its_package(
            @TempDir Path empty) throws Exception {
        var settings = read("{voices: [pico, espeak-ng], pico-data: " + empty + "}");
        assertEquals(List.of(), new Installation(settings).missingSynthesizer());
        var findings = new Installation(settings).voices();
        assertEquals(
                List.of("en is spoken by espeak-ng", "es is spoken by espeak-ng"),
                findings.stream()
                        .filter(finding -> finding.kind() == Finding.Kind.OK)
                        .map(Finding::message)
                        .toList());
        var warnings =
                findings.stream()
                        .filter(finding -> finding.kind() == Finding.Kind.WARNING)
                        .toList();
        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().message().contains("install package libttspico"));
    }

    @Test
    void without_any_voice_the_operator_is_told(@TempDir Path empty) throws Exception {
        var settings = read("{voices: [pico], pico-data: " + empty + "}");
        try (var voices =
                new OfflineVoices(settings, OfflineMeters.register(new SimpleMeterRegistry()))) {
            assertTrue(voices.unavailableReason().orElseThrow().contains("install package"));
            assertTrue(
                    voices.check().stream()
                            .anyMatch(finding -> finding.kind() == Finding.Kind.FAULT));
            var failure =
                    assertThrows(
                            SpeechException.class,
                            () ->
                                    voices.synthesize(
                                            new SynthesisRequest(
                                                    "hola", new Language("es"), Usage.UNMETERED),
                                            _ -> {}));
            assertEquals(SpeechException.Kind.UNREACHABLE, failure.kind());
        }
    }

    private static OfflineSettings read(String own) throws ConfigurationException {
        var file = ConfigTree.yaml("test", "{engines: {offline: " + own + "}}");
        var root = Section.root(ConfigTree.merge(engines(ConfigTree.defaults()), file));
        return root.finish(OfflineSettings.read(root.section("engines").section("offline")));
    }

    /// Of all settings, those of the offline engines.
    private static ObjectNode engines(ObjectNode all) {
        ObjectNode engines = all.objectNode();
        engines.putObject("engines").set("offline", all.path("engines").path("offline"));
        return engines;
    }

    @Test
    void settings_find_the_engines_by_name() {
        assertTrue(
                ServiceLoader.load(SpeechProvider.class).stream()
                        .anyMatch(provider -> provider.get().name().equals("offline")));
    }
}
