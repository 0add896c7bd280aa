package io.sandalphone.speech.resilience;

import static io.sandalphone.speech.resilience.Scripted.fails;
import static io.sandalphone.speech.resilience.Scripted.hangs;
import static io.sandalphone.speech.resilience.Scripted.says;
import static io.sandalphone.speech.resilience.Scripted.sounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.VoiceChoice;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

class FallbackSynthesizerTest {
    private static final Language SPANISH = new Language("es");

    private final Lab lab = new Lab();
    private final Scripted first = new Scripted("first");
    private final Scripted second = new Scripted("second").then(sounds(says(""), 7, 8));
    private final Synthesizer synthesizer = lab.resilience().synthesizer(List.of(first, second));
    private final List<Integer> heard = new ArrayList<>();

    private void speak() throws Exception {
        synthesizer.synthesize(
                Lab.SPEECH,
                pcm -> {
                    for (short sample : pcm) {
                        heard.add((int) sample);
                    }
                });
    }

    private SpeechException refused() {
        return assertThrows(SpeechException.class, this::speak);
    }

    @Test
    void sound_is_handed_over_in_order_as_it_comes() throws Exception {
        first.then(sounds(says(""), 1, 2, 3));
        speak();
        assertEquals(List.of(1, 2, 3), heard);
        assertEquals(0, second.asked());
        assertEquals(1, lab.count("calls", "first", "outcome", "ok"));
    }

    @Test
    void what_fails_before_any_sound_is_spoken_by_the_next() throws Exception {
        first.then(fails(Kind.OVERLOADED));
        speak();
        assertEquals(List.of(7, 8), heard);
    }

    @Test
    void what_stays_silent_too_long_is_spoken_by_the_next() throws Exception {
        first.then(hangs(lab.time));
        speak();
        assertEquals(List.of(7, 8), heard);
        assertEquals(Duration.ofSeconds(2).toNanos(), lab.time.nanoTime());
        assertEquals(1, lab.count("calls", "first", "outcome", "timeout"));
    }

    @Test
    void what_may_be_thrown_away_is_never_the_trial() throws Exception {
        first.then(fails(Kind.CREDENTIALS)).then(sounds(says(""), 1));
        speak();
        lab.time.pass(Duration.ofSeconds(11));
        assertFalse(synthesizer.takesSpeculation());
        synthesizer.synthesize(Lab.SPECULATIVE_SPEECH, _ -> {});
        assertEquals(1, first.asked());
        speak();
        assertEquals(List.of(7, 8, 1), heard);
        assertTrue(synthesizer.takesSpeculation());
    }

    @Test
    void what_breaks_off_is_not_begun_anew() {
        first.then(sounds(fails(Kind.UNREACHABLE), 1));
        assertEquals(Kind.UNREACHABLE, refused().kind());
        assertEquals(List.of(1), heard);
        assertEquals(0, second.asked());
    }

    @Test
    void what_pauses_too_long_is_not_begun_anew() {
        first.then(sounds(hangs(lab.time), 1));
        assertEquals(Kind.TIMEOUT, refused().kind());
        assertEquals(List.of(1), heard);
        assertEquals(Duration.ofSeconds(1).toNanos(), lab.time.nanoTime());
    }

    @Test
    void what_comes_after_it_was_given_up_is_not_heard() throws Exception {
        var release = new CountDownLatch(1);
        first.then(
                out -> {
                    lab.time.hangUntil(release);
                    out.accept(new short[] {1});
                    return "";
                });
        speak();
        release.countDown();
        lab.time.gone();
        assertEquals(List.of(7, 8), heard);
    }

    @Test
    void one_that_does_not_speak_the_language_is_not_asked() throws Exception {
        first.unable();
        speak();
        assertEquals(0, first.asked());
    }

    @Test
    void when_all_fail_the_failure_is_told() {
        first.then(fails(Kind.TIMEOUT));
        Synthesizer all =
                lab.resilience()
                        .synthesizer(List.of(first, new Scripted("third").then(fails(Kind.QUOTA))));
        var failure =
                assertThrows(SpeechException.class, () -> all.synthesize(Lab.SPEECH, _ -> {}));
        assertEquals(Kind.QUOTA, failure.kind());
    }

    private void speakWith(VoiceChoice voices) throws Exception {
        first.then(fails(Kind.OVERLOADED));
        synthesizer.synthesize(
                new SynthesisRequest("v1", SPANISH, voices, Usage.UNMETERED, false), _ -> {});
    }

    @Test
    void a_voice_is_the_first_engines_and_the_others_speak_with_their_own() throws Exception {
        speakWith(new VoiceChoice(Optional.of("Mia"), Map.of()));
        assertEquals(Optional.of("Mia"), first.voice());
        assertEquals(Optional.empty(), second.voice());
    }

    @Test
    void a_voice_is_the_first_engines_that_speaks_the_language() throws Exception {
        first.unable();
        speakWith(new VoiceChoice(Optional.of("Mia"), Map.of()));
        assertEquals(Optional.of("Mia"), second.voice());
    }

    @Test
    void each_engine_has_the_voice_that_is_named_for_it() throws Exception {
        speakWith(new VoiceChoice(Optional.empty(), Map.of("second", "pico")));
        assertEquals(Optional.empty(), first.voice());
        assertEquals(Optional.of("pico"), second.voice());
    }

    private List<String> mistakes(VoiceChoice voices) {
        return synthesizer.mistakes(voices, SPANISH).stream()
                .map(mistake -> mistake.under("voice") + ": " + mistake.voice())
                .toList();
    }

    @Test
    void voices_that_an_engine_has_not_are_told_and_engines_that_are_not_there() {
        assertEquals(List.of(), mistakes(VoiceChoice.USUAL));
        assertEquals(List.of(), mistakes(new VoiceChoice(Optional.of("own"), Map.of())));
        assertEquals(
                List.of("voice: Mia"), mistakes(new VoiceChoice(Optional.of("Mia"), Map.of())));
        assertEquals(
                List.of("voice.second: Mia", "voice.third: own"),
                mistakes(
                        new VoiceChoice(
                                Optional.empty(),
                                Map.of("first", "own", "second", "Mia", "third", "own"))));
        first.unable();
        assertEquals(
                List.of("voice.first: own"),
                mistakes(new VoiceChoice(Optional.empty(), Map.of("first", "own"))));
    }
}
