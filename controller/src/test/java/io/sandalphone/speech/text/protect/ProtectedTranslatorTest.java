package io.sandalphone.speech.text.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

class ProtectedTranslatorTest {

    /// What a translator may do to a text.
    @SuppressWarnings("ImmutableEnumChecker") // the functions hold nothing
    enum Habit {
        FAITHFUL(text -> text),
        DROPS_NUMBERS(text -> text.replaceAll("(?<!\\p{L})\\d[\\d.,:]*", "")),
        CHANGES_NUMBERS(text -> text.replaceAll("(?<!\\p{L})\\d(?=\\D|$)", "6")),
        ADDS_A_NUMBER(text -> text + (text.contains("qzx") || text.contains("QZX") ? " 77" : "")),
        REORDERS(text -> String.join(" ", List.of(text.split(" ", -1)).reversed())),
        SWAPS_NOTATION(
                text ->
                        Pattern.compile("(?<=\\d)[.,](?=\\d)")
                                .matcher(text)
                                .replaceAll(m -> m.group().equals(".") ? "," : ".")),
        EATS_PLACEHOLDERS(text -> text.replaceAll("(?i)qzx\\w*", "")),
        DOUBLES_PLACEHOLDERS(text -> text.replaceAll("(?i)(qzx\\w*)", "$1 $1")),
        SPLITS_PLACEHOLDERS(text -> text.replaceAll("(?i)qzx", "qz x")),
        GROWS_PLACEHOLDERS(text -> text.replaceAll("(?i)(qzx\\w*)", "$1es")),
        RENUMBERS_PLACEHOLDERS(text -> text.replaceAll("(?i)(qzx)\\d+", "$19")),
        LOWERS(text -> text.toLowerCase(Locale.ROOT)),
        CAPITALIZES(text -> text.toUpperCase(Locale.ROOT)),
        TRANSLATES_ADDRESSES(text -> text.replace("@", " arroba ").replace(".com", " punto com")),
        SAYS_NOTHING(text -> "");

        private final UnaryOperator<String> done;

        Habit(UnaryOperator<String> done) {
            this.done = done;
        }
    }

    private static final class HostileTranslator implements Translator {
        private final UnaryOperator<String> habit;
        private final List<String> seen = new ArrayList<>();

        HostileTranslator(UnaryOperator<String> habit) {
            this.habit = habit;
        }

        @Override
        public String name() {
            return "hostile";
        }

        @Override
        public boolean translates(Language from, Language to) {
            return true;
        }

        @Override
        public String translate(TranslationRequest request) {
            seen.add(request.text());
            return habit.apply(request.text());
        }
    }

    private final ProtectionMeters meters = ProtectionMeters.register(new SimpleMeterRegistry());

    private ProtectedTranslator around(Translator translator) {
        return new ProtectedTranslator(translator, ProtectedTexts.GLOSSARY, meters);
    }

    @ParameterizedTest
    @EnumSource
    void everything_protected_arrives_whole_whatever_the_translator_does(Habit habit)
            throws Exception {
        for (ProtectedTexts row : ProtectedTexts.ALL) {
            var translator = around(new HostileTranslator(habit.done));
            row.assertWhole(translator.translate(row.request()));
        }
    }

    @Test
    void a_faithful_translation_is_not_made_twice() throws Exception {
        for (ProtectedTexts row : ProtectedTexts.ALL) {
            var faithful = new HostileTranslator(text -> text);
            around(faithful).translate(row.request());
            assertEquals(1, faithful.seen.size(), row.said());
        }
        assertEquals(0, meters.repaired().count());
    }

    @Test
    void another_notation_of_the_same_number_needs_no_repair() throws Exception {
        var row = ProtectedTexts.english("It costs 1,250.50 today");
        assertEquals(
                "Cuesta 1250.50 hoy",
                around(new HostileTranslator(_ -> "Cuesta 1.250,50 hoy")).translate(row.request()));
        assertEquals(0, meters.repaired().count());
    }

    @Test
    void numbers_may_become_words_and_words_numbers() throws Exception {
        assertEquals(
                "A las dos de la tarde",
                around(new HostileTranslator(_ -> "A las dos de la tarde"))
                        .translate(ProtectedTexts.english("at 2 in the afternoon").request()));
        assertEquals(
                "Cuesta 350 dólares",
                around(new HostileTranslator(_ -> "Cuesta 350 dólares"))
                        .translate(
                                ProtectedTexts.english("it costs three hundred and fifty dollars")
                                        .request()));
        assertEquals(0, meters.repaired().count());
    }

    @Test
    void a_time_of_day_ends_a_sentence_with_one_mark() throws Exception {
        assertEquals(
                "come at 6 p. m.",
                around(new HostileTranslator(text -> text + "."))
                        .translate(ProtectedTexts.english("come at 6pm").request()));
    }

    @Test
    void a_number_nobody_said_is_not_spoken() {
        var translator = around(new HostileTranslator(_ -> "Cuesta 400 dólares"));
        var failure =
                assertThrows(
                        SpeechException.class,
                        () ->
                                translator.translate(
                                        ProtectedTexts.english("it costs three hundred dollars")
                                                .request()));
        assertEquals(SpeechException.Kind.REQUEST, failure.kind());
        assertEquals(1, meters.refused().count());
    }

    @Test
    void pieces_set_together_read_as_one_sentence() throws Exception {
        var translator = around(new HostileTranslator(ProtectedTranslatorTest::sentence));
        assertEquals(
                "we have 12 keys, and 13 doors.",
                translator.translate(
                        ProtectedTexts.english("we have 12 keys, and 13 doors.").request()));
        assertEquals(1, meters.repaired().count());
    }

    /// A translator that makes a sentence of whatever it gets, and knows no numbers.
    private static String sentence(String text) {
        String words = text.replaceAll("\\d", "");
        return "¡" + words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }

    @Test
    void a_sign_that_the_translation_keeps_is_the_amount_that_was_said() {
        var translator = around(new HostileTranslator(text -> text));
        assertEquals(
                Optional.of("El presupuesto es de 2500000 dólares."),
                translator
                        .given(
                                ProtectedTexts.english("The budget is $2.5M.").request(),
                                "El presupuesto es de $2.5 millones.")
                        .voiced());
    }

    @Test
    void a_text_that_holds_a_placeholder_keeps_it() throws Exception {
        var faithful = new HostileTranslator(text -> text);
        assertEquals(
                "qzx1 Acme",
                around(faithful).translate(ProtectedTexts.english("qzx1 acme").request()));
    }

    @Test
    void long_hostile_texts_take_no_longer_than_their_length_allows() {
        var faithful = around(new HostileTranslator(text -> text));
        List<String> hostile =
                List.of(
                        "a".repeat(20_000),
                        "1 ".repeat(3_000) + "a",
                        "1.".repeat(5_000) + "x",
                        "a.".repeat(5_000),
                        "a@".repeat(5_000),
                        "((((".repeat(3_000),
                        "www.".repeat(3_000),
                        "$".repeat(9_000),
                        "1,000".repeat(2_000));
        for (String text : hostile) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> faithful.translate(ProtectedTexts.english(text).request()),
                    () -> text.substring(0, 8));
        }
    }
}
