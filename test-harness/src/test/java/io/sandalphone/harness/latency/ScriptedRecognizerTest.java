package io.sandalphone.harness.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.loop.SimulatedLoop;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class ScriptedRecognizerTest {
    private static final int LEAD = 4100;

    private final SimulatedLoop loop = new SimulatedLoop();
    private final List<String> told = new ArrayList<>();
    private final EvaluationSet.Utterance said = Samples.said(0, "They left.");
    private final ModelScript script;
    private final Transcription transcription;

    ScriptedRecognizerTest(@TempDir Path folder) {
        script =
                new ModelScript(
                        new EvaluationSet(List.of(said), List.of()), 1, folder.resolve("said"));
        transcription = open(PolicyRuns.ENGLISH);
    }

    private Transcription open(Language language) {
        return new ScriptedRecognizer(loop, Samples.EXACT, script, () -> told.add("closed"))
                .open(
                        new TranscriptionRequest(
                                language, PolicyRuns.other(language), List.of(), Usage.UNMETERED),
                        new TranscriptListener() {
                            @Override
                            public void onReady() {
                                told.add("ready");
                            }

                            @Override
                            public void onTranscript(TranscriptEvent event) {
                                if (event instanceof TranscriptEvent.Final words) {
                                    told.add(
                                            "%s from %d to %d at %d"
                                                    .formatted(
                                                            words.text(),
                                                            words.start(),
                                                            words.end(),
                                                            loop.epochMillis()));
                                }
                            }

                            @Override
                            public void onFailure(SpeechException failure) {
                                throw new AssertionError(failure);
                            }
                        });
    }

    /// The utterance begins behind so many samples; all of it takes two seconds.
    private void hear(Transcription transcription) {
        short[] spoken = SpokenTones.of(said, PolicyRuns.ENGLISH);
        var all = new short[16_000];
        System.arraycopy(spoken, 0, all, LEAD, spoken.length);
        for (int at = 0; at < all.length; at += 160) {
            loop.advance(Duration.ofMillis(AudioFrame.MILLIS));
            transcription.hear(
                    new AudioFrame(
                            Arrays.copyOfRange(all, at, at + 160), AudioFrame.TELEPHONE_RATE, at));
        }
        loop.advance(Duration.ofSeconds(2));
    }

    @Test
    void the_words_lie_where_the_sound_does() {
        script.says(said);

        hear(transcription);

        // The first samples of a tone are soft. A frame is heard at its end; 400 ms of silence end
        // the turn, 100 later.
        assertEquals(List.of("ready", "They left. from 4109 to 7309 at 1420"), told);
    }

    @Test
    void who_is_not_in_the_script_says_nothing() {
        hear(transcription);
        script.says(said);
        Transcription spanish = open(PolicyRuns.SPANISH);
        hear(spanish);

        assertEquals(List.of("ready", "ready"), told);
    }

    @Test
    void nothing_is_told_any_more_when_it_is_closed() {
        script.says(said);
        transcription.hear(new AudioFrame(new short[160], AudioFrame.TELEPHONE_RATE, 0));
        transcription.close();
        hear(transcription);

        assertEquals(List.of("ready"), told);
    }
}
