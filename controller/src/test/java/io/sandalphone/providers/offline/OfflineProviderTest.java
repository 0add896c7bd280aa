package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.speech.SpeechProvider;
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
