package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.testing.Pcm;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// What every voice of [OfflineVoices] does.
@Timeout(120)
abstract class SpokenTest {
    static final Language EN = new Language("en");
    static final Language ES = new Language("es");

    final OfflineMeters meters = OfflineMeters.register(new SimpleMeterRegistry());
    private final List<OfflineVoices> opened = new ArrayList<>();
    private final VoiceKind kind;
    private final Language language;
    private final List<String> phrases;

    SpokenTest(VoiceKind kind, Language language, List<String> phrases) {
        this.kind = kind;
        this.language = language;
        this.phrases = phrases;
    }

    @AfterEach
    void close() {
        opened.forEach(OfflineVoices::close);
    }

    final OfflineVoices open(OfflineSettings settings) {
        var voices = new OfflineVoices(settings, meters);
        opened.add(voices);
        return voices;
    }

    final OfflineVoices open() {
        return open(Settings.patient().withVoices(List.of(kind)));
    }

    static SynthesisRequest say(String text, Language language) {
        return new SynthesisRequest(text, language, Usage.UNMETERED);
    }

    static short[] speak(OfflineVoices voices, String text, Language language) throws Exception {
        var pieces = new ArrayList<short[]>();
        voices.synthesize(say(text, language), pieces::add);
        return Pcm.joined(pieces);
    }

    @Test
    void phrases_sound_at_the_level_of_a_telephone_voice() throws Exception {
        var voices = open();
        for (String phrase : phrases) {
            assertEquals(-20, Pcm.activeLevel(speak(voices, phrase, language)), 4, phrase);
        }
    }

    @Test
    void speech_begins_and_ends_without_silence() throws Exception {
        var voices = open();
        for (String phrase : phrases) {
            short[] pcm = speak(voices, phrase, language);
            int before = Pcm.silenceBefore(pcm);
            int after = Pcm.silenceAfter(pcm);
            assertTrue(before <= 400, () -> phrase + " begins late, by samples: " + before);
            assertTrue(after <= 400, () -> phrase + " ends late, by samples: " + after);
        }
    }

    @Test
    void it_takes_about_as_long_as_a_person_takes() throws Exception {
        int samples = speak(open(), "Where is the nearest hospital? I need a doctor.", EN).length;
        assertTrue(samples > 8000 * 1.8 && samples < 8000 * 4, () -> samples + " samples");
    }

    @Test
    void the_setting_of_the_pace_is_obeyed() throws Exception {
        String text = "Please wait a moment, I will look for your contract.";
        int usual = speak(open(), text, EN).length;
        int fast = speak(open(Settings.pace(kind, 250)), text, EN).length;
        assertEquals(165 / 250.0, fast / (double) usual, 0.12);
    }

    /// Of each, two that would sound quite different if they were obeyed.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    one <speed level="20">two three</speed> four | one <speed level="90">two three</speed> four
                    one <volume level='5'>two three</volume> four | one <volume level='500'>two three</volume> four
                    one <break time='9s'/> four | one <break time='1s'/> four
                    one two"><speed level="20"> three | one two"><speed level="90"> three
                    one \\pau=9000\\ two | one \\pau=1000\\ two
                    one [[two three]] four | one two three four
                    """)
    void what_looks_like_an_instruction_is_not_obeyed(String text, String other) throws Exception {
        var voices = open();
        short[] one = speak(voices, text, EN);
        short[] two = speak(voices, other, EN);
        assertEquals(1, one.length / (double) two.length, 0.2);
        assertEquals(energy(two), energy(one), 0.3 * energy(two));
    }

    private static double energy(short[] pcm) {
        double energy = 0;
        for (short sample : pcm) {
            energy += (double) sample * sample;
        }
        return energy;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one \u0000 two \u001b[31m three",
                "one \u202e two \ud83d three",
                "one\u0085two"
            })
    void what_is_no_character_is_spoken_around(String text) throws Exception {
        int plain = speak(open(), "one two three", EN).length;
        int spoken = speak(open(), text, EN).length;
        assertTrue(spoken > plain / 2 && spoken < 4 * plain, () -> spoken + " and " + plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u0007", "<>", "\u200b"})
    void text_without_words_makes_no_sound_and_no_trouble(String text) throws Exception {
        assertEquals(0, speak(open(), text, language).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"😀", "...", "—", "!?", "你好", "ﷺ", "\uffff", "&#0;"})
    void what_has_no_sound_in_its_language_makes_no_trouble(String text) throws Exception {
        var voices = open();
        speak(voices, text, language);
        assertTrue(speak(voices, phrases.getFirst(), language).length > 4000);
    }

    @Test
    void long_texts_are_spoken_to_their_end() throws Exception {
        String sentence = "The office is on the third floor. ";
        var voices = open();
        int one = speak(voices, sentence, EN).length;
        int many = speak(voices, sentence.repeat(100), EN).length;
        assertTrue(many > 90 * one, () -> many + " samples, one of them " + one);
    }

    @Test
    void an_interrupt_ends_it() throws Exception {
        var voices = open();
        var speaking = new CountDownLatch(1);
        var ended = new ArrayList<Throwable>();
        var thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        voices.synthesize(
                                                say("word ".repeat(20_000), EN),
                                                pcm -> speaking.countDown());
                                    } catch (SpeechException | InterruptedException end) {
                                        ended.add(end);
                                    }
                                });
        speaking.await();
        thread.interrupt();
        thread.join();
        assertEquals(1, ended.size());
        assertInstanceOf(InterruptedException.class, ended.getFirst());
        assertTrue(speak(voices, phrases.getFirst(), language).length > 4000);
    }

    @Test
    void other_languages_are_refused() {
        var french = new Language("fr");
        var voices = open();
        assertFalse(voices.speaks(french));
        var failure = assertThrows(SpeechException.class, () -> speak(voices, "bonjour", french));
        assertEquals(SpeechException.Kind.REQUEST, failure.kind());
    }

    @Test
    void the_first_sound_is_timed_for_its_voice() throws Exception {
        speak(open(), phrases.getFirst(), language);
        assertEquals(1, meters.firstAudio(kind).count());
    }
}
