package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.text.protect.ProtectedTexts;
import io.sandalphone.speech.text.protect.ProtectedTranslator;
import io.sandalphone.speech.text.protect.ProtectionMeters;
import io.sandalphone.testing.RequiresPackage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;

/// What is protected arrives whole through Apertium, and mostly at the first attempt.
@RequiresPackage(value = "apertium", file = "/usr/bin/apertium-wblank-mode")
@RequiresPackage(value = "apertium-eng-spa", file = "/usr/share/apertium/modes/eng-spa.mode")
@Timeout(120)
class ProtectedApertiumTest {
    private static final Language EN = new Language("en");
    private static final Language ES = new Language("es");

    private final ProtectionMeters meters = ProtectionMeters.register(new SimpleMeterRegistry());
    private final ProtectedTranslator translator =
            new ProtectedTranslator(
                    new ApertiumTranslator(
                            Settings.answeringWithin(Duration.ofSeconds(20)),
                            OfflineMeters.register(new SimpleMeterRegistry())),
                    ProtectedTexts.GLOSSARY,
                    meters);

    @AfterEach
    void close() {
        translator.close();
    }

    private String translate(String text, Language from, Language to) throws Exception {
        return translator.translate(
                new TranslationRequest(text, from, to, List.of(), Usage.UNMETERED));
    }

    @Test
    void everything_protected_arrives_whole() throws Exception {
        for (ProtectedTexts text : ProtectedTexts.ALL) {
            text.assertWhole(translator.translate(text.request()));
        }
        assertTrue(
                meters.repaired().count() <= ProtectedTexts.ALL.size() / 10.0,
                () -> "repaired " + meters.repaired().count());
    }

    @Test
    void placeholders_leave_the_sentence_around_them_alone() throws Exception {
        assertEquals(
                "Escribe a john@example.com ahora.",
                translate("write to john@example.com now", EN, ES));
        assertEquals("Por favor, escribe a Acme.", translate("please write to acme", EN, ES));
        assertEquals("The boiler is red.", translate("la caldera es roja", ES, EN));
    }
}
