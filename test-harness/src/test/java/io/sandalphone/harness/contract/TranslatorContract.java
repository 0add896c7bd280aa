package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Locale;

/// What every [Translator] does, so cheap that it can be asked of those that cost money.
public abstract class TranslatorContract {
    protected static final Language ENGLISH = new Language("en");
    protected static final Language SPANISH = new Language("es");
    protected static final Language NOBODYS = new Language("xx");

    protected final Candidate candidate;
    protected final RecordedUsage usage = new RecordedUsage();

    protected TranslatorContract(Candidate candidate) {
        this.candidate = candidate;
    }

    /// The candidate's, ready for use.
    protected abstract Translator translator();

    @BeforeEach
    void require() {
        candidate.require();
    }

    /// Something to say that everybody translates alike.
    protected String said() {
        return candidate.leader().words() == ProviderSetup.Words.SPEECH ? "the house" : "wcc wee";
    }

    protected final String translate(String text) throws Exception {
        return translator().translate(request(text));
    }

    protected final TranslationRequest request(String text) {
        return new TranslationRequest(text, ENGLISH, SPANISH, List.of(), usage);
    }

    @Test
    void what_is_said_arrives_in_the_other_language() throws Exception {
        assertTrue(translator().translates(ENGLISH, SPANISH));
        assertEquals(
                candidate.leader().words() == ProviderSetup.Words.SPEECH ? "la casa" : "vcc vee",
                translate(said()).toLowerCase(Locale.ROOT).replaceAll("[^a-z ]", ""));
    }

    @Test
    void its_use_is_told_with_its_tariff() throws Exception {
        translate(said());
        assertEquals(
                candidate.leader().tariff().stream()
                        .map(
                                tariff ->
                                        new RecordedUsage.Item(
                                                "translated", tariff, said().length()))
                        .toList(),
                usage.items());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", " \n\t"})
    void where_nothing_was_said_nothing_is_translated_and_nothing_used(String blank)
            throws Exception {
        assertTrue(translate(blank).isBlank());
        assertEquals(List.of(), usage.items());
    }

    @Test
    void a_language_nobody_speaks_is_a_wrong_request() {
        var to = new TranslationRequest("wcc swordfish", ENGLISH, NOBODYS, List.of(), usage);
        assertRefused(assertThrows(SpeechException.class, () -> translator().translate(to)));
        var from = new TranslationRequest("wcc swordfish", NOBODYS, SPANISH, List.of(), usage);
        assertRefused(assertThrows(SpeechException.class, () -> translator().translate(from)));
    }

    private static void assertRefused(SpeechException refusal) {
        assertEquals(SpeechException.Kind.REQUEST, refusal.kind());
        Failures.assertSilentAbout("swordfish", refusal);
    }

    /// What means something to HTML, JSON, shells and processes is text like any other.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "the dog's <b> & \"cat\" &#39;",
                "yes\nno",
                "good 😀 day",
                "$(reboot); `x` %s \\u0041 {} [x] ^y$ @z/"
            })
    void signs_that_mean_something_elsewhere_arrive_as_text(String text) throws Exception {
        String translated;
        try {
            translated = translate(text);
        } catch (SpeechException refusal) {
            assertFalse(candidate.leader().takesAnyText(), refusal::toString);
            assertEquals(SpeechException.Kind.REQUEST, refusal.kind());
            return;
        }
        for (String entity : List.of("&amp;", "&lt;", "&gt;", "&quot;", "&apos;")) {
            assertFalse(translated.contains(entity), translated);
        }
        if (candidate.leader().fake().isPresent()) {
            assertEquals(text, translated);
        }
    }
}
