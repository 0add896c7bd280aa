package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

class SpansTest extends NumberCall {
    private static long sum(Spans spans) {
        return spans.durations().values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void what_was_begun_ahead_takes_only_the_time_that_is_left_of_it() {
        var spans = new Spans(800, 410L, 1110L, 1010L, 1090L, 1090L, 1190L, 1200, 1260L, 2000L);

        assertEquals(
                Map.of(
                        Span.SPEAKING, 800L,
                        Span.RECOGNITION, 310L,
                        Span.TRANSLATION, 0L,
                        Span.SYNTHESIS, 80L,
                        Span.WAITING, 10L,
                        Span.PLAYOUT, 60L,
                        Span.SOUNDING, 740L),
                spans.durations());
        assertEquals(2000, sum(spans));
    }

    @Test
    void what_is_not_known_takes_no_time_and_the_rest_adds_up_all_the_same() {
        var direct = new Spans(800, null, 1110L, null, null, null, null, 1500, null, 1900L);

        assertEquals(1900, sum(direct));
        assertEquals(390L, direct.durations().get(Span.WAITING));
        assertEquals(0L, direct.durations().get(Span.PLAYOUT));
    }

    @Test
    void what_was_played_only_after_the_last_was_sent_ends_with_that() {
        var spans = new Spans(800, null, 1110L, null, null, null, null, 1200, 1300L, 1240L);

        assertEquals(1240, sum(spans));
        assertEquals(40L, spans.durations().get(Span.PLAYOUT));
        assertEquals(0L, spans.durations().get(Span.SOUNDING));
    }

    @Test
    void an_utterance_that_goes_on_to_sound_is_played_out_when_the_carrier_has_said_so() {
        var silent = new Spans(800, null, 1110L, null, null, null, null, 1200, null, null);
        var told = new Spans(800, null, 1110L, null, null, null, null, 1200, 1290L, null);

        assertEquals(1200, sum(silent));
        assertEquals(1290, sum(told));
    }

    @Test
    void the_spans_of_an_utterance_add_up_to_its_time_from_mouth_to_ear() {
        destination.playBy(loop);
        // Longer than what is sent at once.
        voice.pieces = 3;
        start(ENGLISH, SPANISH, false);
        for (int frame = 0; frame < 70; frame++) {
            caller.say(frame < 30 ? 5 : 0, 1);
            loop.advance(Duration.ofMillis(20));
        }
        loop.advance(Duration.ofSeconds(3));

        Progress spoken = progress.getLast();
        Spans spans = Objects.requireNonNull(spoken.spans());
        assertEquals(Objects.requireNonNull(spoken.audioEnd()) - spoken.speechStart(), sum(spans));
        assertEquals(spoken.speechEnd() - spoken.speechStart(), spans.lastSample());
        assertEquals(spoken.committed() - spoken.speechStart(), spans.committed());
        List<Long> inOrder =
                List.of(
                        spans.lastSample(),
                        spans.committed(),
                        Objects.requireNonNull(spans.translationAsked()),
                        Objects.requireNonNull(spans.translated()),
                        Objects.requireNonNull(spans.synthesisAsked()),
                        Objects.requireNonNull(spans.firstByte()),
                        spans.firstFrame(),
                        Objects.requireNonNull(spans.firstPlayed()),
                        Objects.requireNonNull(spans.lastFrame()));
        assertEquals(inOrder.stream().sorted().toList(), inOrder);
        for (Span span : Span.values()) {
            var timer = Objects.requireNonNull(meters.spans().spans().get(span));
            assertEquals(1, timer.count(), span.toString());
        }
        assertEquals(
                spans.durations().get(Span.SPEAKING),
                (long)
                        Objects.requireNonNull(meters.spans().spans().get(Span.SPEAKING))
                                .totalTime(TimeUnit.MILLISECONDS));
    }
}
