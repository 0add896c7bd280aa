package io.sandalphone.harness.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

class ModelRecognizerTest {
    private static final Language ENGLISH = new Language("en");

    private final SimulatedLoop loop = new SimulatedLoop();
    private final List<String> told = new ArrayList<>();
    private long position;

    private Transcription open(Profile profile, EvaluationSet.Utterance said) {
        var chance = new Chance(1, said.id());
        List<HeardWords.Word> words = HeardWords.of(said, 0, profile, chance, List.of("something"));
        return new ModelRecognizer(loop, profile, chance, words)
                .open(
                        new TranscriptionRequest(
                                ENGLISH, new Language("es"), List.of(), Usage.UNMETERED),
                        new TranscriptListener() {
                            @Override
                            public void onReady() {}

                            @Override
                            public void onTranscript(TranscriptEvent event) {
                                told.add(describe(event) + " @" + loop.epochMillis());
                            }

                            @Override
                            public void onFailure(SpeechException failure) {
                                throw new AssertionError(failure);
                            }
                        });
    }

    private static String describe(TranscriptEvent event) {
        return switch (event) {
            case TranscriptEvent.Partial partial ->
                    partial.settled()
                            + " | "
                            + partial.newest().stream()
                                    .map(TranscriptEvent.Word::text)
                                    .collect(Collectors.joining(" "));
            case TranscriptEvent.Final words -> "END " + words.text();
            case TranscriptEvent.Nothing _ -> "NOTHING";
        };
    }

    private void hear(Transcription transcription, long millis) {
        for (long at = 0; at < millis; at += AudioFrame.MILLIS) {
            loop.advance(Duration.ofMillis(AudioFrame.MILLIS));
            var frame = new AudioFrame(new short[160], AudioFrame.TELEPHONE_RATE, position);
            position = frame.end();
            transcription.hear(frame);
        }
    }

    @Test
    void a_word_is_final_when_the_next_one_is_told_or_a_pause_follows_it() {
        Transcription transcription = open(Samples.EXACT, Samples.said(600, "I Called them, yes"));

        hear(transcription, 1100);

        assertEquals(
                List.of(
                        " | i @500",
                        "i | called @700",
                        "i called | them @900",
                        "i called them |  @900"),
                told);
    }

    @Test
    void a_turn_ends_sooner_behind_a_sentence() {
        hear(open(Samples.EXACT, Samples.said(0, "They left.")), 2500);
        assertEquals("END They left. @900", told.getLast());

        told.clear();
        position = 0;
        hear(open(Samples.EXACT, Samples.said(0, "They left")), 2500);
        assertEquals(2500 + 400 + 1280 + 100, millisOf(told.getLast()));
    }

    private static long millisOf(String event) {
        return Long.parseLong(event.substring(event.indexOf('@') + 1));
    }

    @Test
    void the_voice_detector_ends_a_turn_too_and_what_is_said_behind_it_is_the_next_one() {
        Transcription transcription =
                open(Samples.EXACT, Samples.said(0, "one two three four five"));
        hear(transcription, 620);

        transcription.utteranceEnded(HeardWords.samples(600));
        hear(transcription, 1400);

        assertTrue(told.contains("END one two three @900"), told.toString());
        assertTrue(told.contains(" | four @1100"), told.toString());
        assertTrue(told.contains("four | five @1300"), told.toString());
    }

    @Test
    void a_word_heard_wrong_is_corrected_while_it_is_not_final() {
        Transcription transcription = open(Samples.profile(1, 0), Samples.said(0, "Good day"));

        hear(transcription, 1200);

        assertEquals(
                List.of(
                        " | something @500",
                        " | good @650",
                        "good | something @700",
                        "good day |  @700"),
                told);
    }

    @Test
    void some_words_stay_wrong() {
        Transcription transcription = open(Samples.profile(0, 1), Samples.said(0, "Good day."));

        hear(transcription, 1500);

        assertEquals("END something something @900", told.getLast());
    }
}
