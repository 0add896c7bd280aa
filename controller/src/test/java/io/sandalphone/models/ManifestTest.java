package io.sandalphone.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ManifestTest {
    private static Manifest read(String sha256, String source) throws ConfigurationException {
        return Manifest.of(
                ConfigTree.yaml(
                        "test",
                        """
                        models:
                          one:
                            purpose: tests
                            languages: [en]
                            file: one.bin
                            bytes: 1
                            sha256: "%s"
                            licence: {name: MIT, by: me, asks-for: attribution}
                            sources:
                              - %s
                        """
                                .formatted(sha256, source)));
    }

    @Test
    void the_list_of_this_program_fits_together() {
        var manifest = Manifest.bundled();
        assertEquals(Set.of("lite", "standard"), manifest.profiles());
        assertEquals(List.of(), manifest.named("lite").orElseThrow());
        assertEquals(
                List.of(manifest.model("whisper-base")), manifest.named("standard").orElseThrow());
        for (ModelFile model : manifest.models()) {
            assertTrue(
                    model.sources().getFirst() instanceof Source.Web,
                    () -> model.name() + ": the official address comes first");
        }
    }

    @Test
    void a_list_that_does_not_fit_together_is_refused() {
        String right = "0".repeat(64);
        assertThrows(IllegalArgumentException.class, () -> read("123", "{web: \"http://a/\"}"));
        assertThrows(IllegalArgumentException.class, () -> read(right, "{wbe: \"http://a/\"}"));
        assertThrows(
                IllegalArgumentException.class,
                () -> read(right, "{rebuilt: ggml-to-q8-0, from: [nothing]}"));
    }

    @Test
    void models_are_kept_outside_of_any_checkout() {
        assertEquals(
                Path.of("/c/models"),
                ModelFolder.standard(Map.of("SANDALPHONE_CACHE", "/c", "HOME", "/h")).path());
        assertEquals(
                Path.of("/x/sandalphone/models"),
                ModelFolder.standard(Map.of("XDG_CACHE_HOME", "/x", "HOME", "/h")).path());
        assertEquals(
                Path.of("/h/.cache/sandalphone/models"),
                ModelFolder.standard(Map.of("HOME", "/h")).path());
        assertEquals(
                Path.of("/var/cache/sandalphone/models"), ModelFolder.standard(Map.of()).path());
    }
}
