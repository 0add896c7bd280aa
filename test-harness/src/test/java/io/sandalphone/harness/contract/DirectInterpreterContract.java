package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.contract.RehearsedListening.Answer;
import io.sandalphone.harness.measure.Levels;
import io.sandalphone.media.AudioFrame;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What every [io.sandalphone.speech.DirectInterpreter] does, judged by a [Rehearsal].
public abstract class DirectInterpreterContract extends ListeningContract {
    protected DirectInterpreterContract(Candidate candidate) {
        super(candidate);
    }

    @Test
    void it_speaks_at_8_kHz_as_long_and_as_loud_as_people_do() {
        for (Answer answer : rehearsal().talker().hearing().answers()) {
            short[] pcm = answer.sound().pcm();
            double seconds = (double) pcm.length / AudioFrame.TELEPHONE_RATE;
            double spoken = (double) (answer.end() - answer.start()) / AudioFrame.TELEPHONE_RATE;
            assertTrue(
                    seconds > spoken / 1.8 && seconds < spoken * 1.8,
                    () -> "%.1f s for what took %.1f s".formatted(seconds, spoken));
            double level = Levels.activeSpeech(pcm, AudioFrame.TELEPHONE_RATE);
            assertTrue(level > -34 && level < -12, () -> level + " dBov");
        }
    }

    @Test
    void silence_is_answered_without_a_sound() {
        assertEquals(0, rehearsal().silent().hearing().answers().getFirst().sound().pieces());
    }

    @Test
    void who_is_hung_up_on_is_answered_no_more() {
        Rehearsal.Speaker leaver = rehearsal().leaver();
        assertTrue(
                List.of().equals(leaver.hearing().told())
                        || List.of(RehearsedListening.READY).equals(leaver.hearing().told()),
                leaver::toString);
    }
}
