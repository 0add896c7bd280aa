package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.fail;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.segment.CommitPolicy;
import io.sandalphone.speech.segment.Pause;
import io.sandalphone.speech.segment.Utterance;
import io.sandalphone.speech.segment.UtteranceDetector;
import io.sandalphone.speech.segment.UtteranceListener;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.translate.RecognizedSpeech.Habits;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// What must hold of commits whatever a recognizer and a voice detector tell, and whenever.
class ClauseCommitPropertyTest {
    private static final int TRANSCRIPTS = 10_000;
    private static final long FIRST_SEED = 20_261_129;

    /// A language in which nothing is recognised as its own.
    private static final Language OTHER = new Language("de");

    private static final UtteranceSettings PATIENT =
            new UtteranceSettings(
                    Duration.ofMillis(120),
                    Duration.ofMillis(160),
                    Duration.ofMillis(400),
                    Duration.ofMillis(1600),
                    Duration.ofMillis(160),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(30));

    private static final UtteranceMeters METERS =
            UtteranceMeters.register(new SimpleMeterRegistry());

    private static final short[] PCM = new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)];

    /// Everything that is committed of what is said.
    private static List<String> committed(RecognizedSpeech speech, UtteranceSettings settings) {
        CommitPolicy policy =
                CommitMode.CLAUSE.policy(
                        new Glossary(List.of(), List.of()), speech.language(), OTHER);
        List<String> committed = new ArrayList<>();
        var detector =
                new UtteranceDetector(
                        settings,
                        METERS,
                        new UtteranceListener() {
                            @Override
                            public void started(long position) {
                                take(policy.paused(Pause.NONE));
                            }

                            @Override
                            public void silent(long position, int frames) {
                                take(
                                        policy.paused(
                                                frames == 0
                                                        ? Pause.NONE
                                                        : Pause.of(position, frames)));
                            }

                            @Override
                            public void ended(long position) {}

                            private void take(List<Utterance> clauses) {
                                clauses.forEach(clause -> committed.add(clause.text()));
                            }
                        });
        int told = 0;
        for (int frame = 0; frame < speech.frames(); frame++) {
            for (;
                    told < speech.told().size()
                            && speech.told().get(told).millis() < (frame + 1L) * AudioFrame.MILLIS;
                    told++) {
                policy.commit(speech.told().get(told).event())
                        .forEach(clause -> committed.add(clause.text()));
            }
            detector.accept(
                    new AudioFrame(PCM, AudioFrame.TELEPHONE_RATE, (long) frame * PCM.length),
                    speech.voiced(frame));
        }
        return committed;
    }

    private static void holds(
            Habits habits, BiFunction<VoicedOnce, List<String>, Optional<String>> wrong) {
        int transcripts = 0;
        for (long next = FIRST_SEED; transcripts < TRANSCRIPTS; next++) {
            long seed = next;
            RecognizedSpeech speech = RecognizedSpeech.of(seed, habits);
            transcripts += speech.utterances();
            List<String> committed =
                    committed(speech, seed % 3 == 0 ? PATIENT : UtteranceSettings.TELEPHONE);
            wrong.apply(speech.expected(), committed)
                    .ifPresent(
                            fault ->
                                    fail(
                                            "seed %d: %s, of %s\n%s"
                                                    .formatted(seed, fault, committed, speech)));
        }
    }

    @Test
    void every_word_is_committed_once_and_in_order() {
        holds(new Habits(1, 10, false, false), VoicedOnce::wrong);
    }

    @Test
    void every_word_is_committed_once_and_in_order_whenever_somebody_is_heard() {
        holds(new Habits(3, 10, true, false), VoicedOnce::wrong);
    }

    @Test
    void every_word_is_committed_once_and_in_order_whatever_becomes_of_the_recognizer() {
        holds(new Habits(4, 10, true, true), VoicedOnce::wrong);
    }

    @Test
    void nothing_that_must_stay_whole_is_parted() {
        holds(new Habits(2, 25, false, false), VoicedOnce::wrongOrParted);
    }
}
