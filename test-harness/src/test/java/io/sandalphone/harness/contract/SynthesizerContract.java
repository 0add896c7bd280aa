package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.measure.Levels;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.VoiceChoice;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What every [Synthesizer] does, so cheap that it can be asked of those that cost money.
public abstract class SynthesizerContract {
    protected static final Language SPANISH = new Language("es");
    private static final Language NOBODYS = new Language("xx");
    private static final int RATE = 8000;

    protected final Candidate candidate;
    protected final RecordedUsage usage = new RecordedUsage();

    protected SynthesizerContract(Candidate candidate) {
        this.candidate = candidate;
    }

    /// The candidate's, ready for use.
    protected abstract Synthesizer synthesizer();

    @BeforeEach
    void require() {
        candidate.require();
    }

    /// Six short words.
    protected String said() {
        return candidate.leader().words() == ProviderSetup.Words.SPEECH
                ? "la casa de mi hermano es grande"
                : "vaa vbb vcc vdd vee vff";
    }

    protected final Sound speak(String text) throws Exception {
        var sound = new Sound();
        synthesizer().synthesize(request(text, SPANISH), sound);
        return sound;
    }

    protected final SynthesisRequest request(String text, Language language) {
        return new SynthesisRequest(text, language, usage);
    }

    @Test
    void it_speaks_as_long_and_as_loud_as_people_do() throws Exception {
        assertTrue(synthesizer().speaks(SPANISH));
        Sound sound = speak(said());
        double seconds = (double) sound.pcm().length / RATE;
        assertTrue(seconds > 0.8 && seconds < 5, () -> seconds + " s for six words");
        double level = Levels.activeSpeech(sound.pcm(), RATE);
        assertTrue(level > -34 && level < -12, () -> level + " dBov");
    }

    /// A fake hums the same whoever is asked for: the vendors' own tests say what it is sent.
    @Test
    void it_speaks_with_the_voice_that_is_asked_for_and_afterwards_with_its_own() throws Exception {
        Optional<String> another = candidate.leader().anotherVoice();
        var voices = new VoiceChoice(Optional.of(another.orElse("another")), Map.of());
        List<VoiceChoice.Mistake> mistakes = synthesizer().mistakes(voices, SPANISH);
        // Who has none but its own says so, and is not asked for one.
        assertEquals(another.isEmpty() ? 1 : 0, mistakes.size(), mistakes::toString);
        if (another.isEmpty()) {
            return;
        }
        short[] usual = speak(said()).pcm();
        var sound = new Sound();
        synthesizer()
                .synthesize(new SynthesisRequest(said(), SPANISH, voices, usage, false), sound);
        double seconds = (double) sound.pcm().length / RATE;
        assertTrue(seconds > 0.8 && seconds < 5, () -> seconds + " s for six words");
        if (candidate.leader().words() == ProviderSetup.Words.SPEECH) {
            assertFalse(Arrays.equals(usual, sound.pcm()), "it is the usual voice");
        }
        assertArrayEquals(usual, speak(said()).pcm());
    }

    @Test
    void a_voice_that_can_be_none_is_told_with_what_there_is() {
        var voices = new VoiceChoice(Optional.of("en-US-absent"), Map.of());
        List<VoiceChoice.Mistake> mistakes = synthesizer().mistakes(voices, SPANISH);
        if (candidate.leader().provider().equals("openai")) {
            // Its servers have whatever they have.
            assertEquals(List.of(), mistakes);
        } else {
            assertEquals(List.of("voice"), mistakes.stream().map(it -> it.under("voice")).toList());
        }
    }

    @Test
    void its_use_is_told_with_its_tariff() throws Exception {
        String text = said() + " " + said();
        speak(text);
        assertEquals(
                candidate.leader().tariff().stream()
                        .map(tariff -> new RecordedUsage.Item("spoken", tariff, text.length()))
                        .toList(),
                usage.items());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", " \n\t"})
    void where_nothing_is_to_be_said_there_is_no_sound_and_nothing_used(String blank)
            throws Exception {
        assertEquals(0, speak(blank).pcm().length);
        assertEquals(List.of(), usage.items());
    }

    @Test
    void a_language_nobody_speaks_is_a_wrong_request() {
        assertFalse(synthesizer().speaks(NOBODYS));
        var refusal =
                assertThrows(
                        SpeechException.class,
                        () ->
                                synthesizer()
                                        .synthesize(
                                                request("vaa swordfish", NOBODYS), new Sound()));
        assertEquals(SpeechException.Kind.REQUEST, refusal.kind());
        Failures.assertSilentAbout("swordfish", refusal);
    }

    /// What means something to SSML, phoneme codes, shells and processes is text like any other.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "él dijo \"sí\" & <break time='9s'/> 'no' ]]> fin",
                "hola [[h@l'oU]] hola",
                "hola\u0007\u0000hola",
                "hola 😀 $(reboot) `x` %s"
            })
    void signs_that_mean_something_elsewhere_are_spoken_around(String text) throws Exception {
        try {
            Sound sound = speak(text);
            double seconds = (double) sound.pcm().length / RATE;
            assertTrue(seconds > 0.2 && seconds < 8, () -> seconds + " s");
        } catch (SpeechException refusal) {
            assertFalse(candidate.leader().takesAnyText(), refusal::toString);
            assertEquals(SpeechException.Kind.REQUEST, refusal.kind());
        }
    }
}
