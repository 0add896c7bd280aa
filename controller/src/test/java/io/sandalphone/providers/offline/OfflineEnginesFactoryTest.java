package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.testing.RequiresPackage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class OfflineEnginesFactoryTest {
    @Test
    @RequiresPackage(value = "pocketsphinx", file = "/usr/bin/pocketsphinx_mdef_convert")
    @RequiresPackage(
            value = "pocketsphinx-en-us",
            file = "/usr/share/pocketsphinx/model/en-us/en-us.lm.bin")
    @RequiresPackage(value = "apertium-eng-spa", file = "/usr/share/apertium/modes/eng-spa.mode")
    @RequiresPackage(value = "espeak-ng", file = "/usr/bin/espeak-ng")
    void nothing_is_missing_where_all_packages_are_installed() {
        assertEquals(List.of(), OfflineEnginesFactory.missing(OfflineSettings.defaults()));
    }

    @Test
    void what_is_missing_is_named_with_its_package(@TempDir Path empty) {
        var missing = OfflineEnginesFactory.missing(Settings.model(empty));
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
}
