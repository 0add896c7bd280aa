package io.sandalphone.speech.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.echo.SyntheticVoice;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;

class EchoGuardTest {
    private static final Language SPANISH = new Language("es");
    private static final String VOICED = "El tren a Guadalajara sale mañana a las ocho de la noche";
    private static final int FRAME = 160;
    private static final double[] VOICE = SyntheticVoice.say(1, 3);

    private final EchoGuard guard = new EchoGuard();
    private final SpeakerClock clock = new SpeakerClock();
    private long frames;
    private long start;
    private long position;

    /// Voices the phrase while `heard` comes from the listener.
    private void voiced(String text, double[] heard) {
        EchoGuard.Voiced phrase = guard.started(text, millis());
        start = position;
        for (int at = 0; at < Math.max(VOICE.length, heard.length); at += FRAME) {
            long nanos = frames++ * 20_000_000L;
            if (at < VOICE.length) {
                guard.sent(frame(VOICE, at, at), nanos);
            } else if (at - FRAME < VOICE.length) {
                phrase.ended(EchoGuard.millis(nanos));
            }
            AudioFrame frame = frame(heard, at, position);
            clock.heard(frame, nanos);
            guard.heard(frame, true, nanos);
            position += FRAME;
        }
    }

    private long millis() {
        return frames * 20;
    }

    private static AudioFrame frame(double[] sound, int at, long position) {
        var pcm = new short[FRAME];
        for (int i = 0; i < FRAME && at + i < sound.length; i++) {
            pcm[i] = (short) Math.max(-32_000, Math.min(32_000, sound[at + i]));
        }
        return new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position);
    }

    private String own(String text) {
        return guard.own(text, SPANISH, start, position, clock);
    }

    private static double[] echo() {
        return SyntheticVoice.echo(VOICE, 120, 20);
    }

    @Test
    void where_there_is_nothing_but_our_sound_nobody_spoke_whatever_the_words() {
        voiced(VOICED, echo());
        assertEquals("", own("El tren a Guadalajara sale mañana a las ocho."));
        assertEquals("", own("el teléfono de la coche"));
        assertEquals("", own("noche"));
    }

    @Test
    void where_our_sound_is_not_all_words_are_the_listeners_own() {
        voiced(VOICED, SyntheticVoice.say(12, 3));
        assertEquals(VOICED, own(VOICED));
        assertEquals("noche", own("noche"));
    }

    @Test
    void where_there_is_both_the_words_tell() {
        voiced(VOICED, echo());
        double[] answer = SyntheticVoice.echo(SyntheticVoice.say(13, 1.5), 3_300, 0);
        voiced(VOICED, SyntheticVoice.mix(echo(), answer));
        assertEquals(
                "¿Y cuánto cuesta?",
                own("el tren a Guadalajara sale mañana a las ocho de la noche. ¿Y cuánto cuesta?"));
        String other = "el tren a Guadalajara sale mañana a las nueve de la noche";
        assertEquals(other, own(other), "another number");
        assertEquals("a las ocho", own("a las ocho"), "three words prove nothing");
    }

    @Test
    void who_repeats_it_all_behind_the_end_of_the_echo_is_heard() {
        voiced(VOICED, echo());
        double[] answer = SyntheticVoice.echo(SyntheticVoice.say(13, 3), 3_150, 0);
        voiced(VOICED, SyntheticVoice.mix(echo(), answer));
        start += 20_000;
        assertEquals(VOICED, own(VOICED));
    }

    @Test
    void what_still_sounds_comes_back_as_well() {
        voiced(VOICED, echo());
        double[] answer = SyntheticVoice.echo(SyntheticVoice.say(13, 1.5), 3_300, 0);
        guard.started("Espere un momento, por favor, ahora se lo comunico", millis());
        voiced(VOICED, SyntheticVoice.mix(echo(), answer));
        assertEquals("", own("un momento por favor ahora se lo comunico"));
        assertEquals("", own("El tren a Guadalajara sale mañana a las ocho de la noche"));
    }

    @Test
    void what_was_voiced_before_can_be_told_from_what_is_voiced_now() {
        voiced("Buenos días, le habla el doctor Ramírez de la clínica", echo());
        double[] answer = SyntheticVoice.echo(SyntheticVoice.say(13, 1.5), 3_300, 0);
        for (int i = 0; i < 3; i++) {
            voiced(VOICED, SyntheticVoice.mix(echo(), answer));
        }
        String repeated = "Buenos días, le habla el doctor Ramírez";
        assertEquals(repeated, own(repeated));
    }
}
