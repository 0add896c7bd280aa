package io.sandalphone.harness.fakes.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.providers.offline.OfflineMeters;
import io.sandalphone.providers.offline.OfflineSettings;
import io.sandalphone.providers.offline.SphinxTranscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

@Timeout(120)
class SphinxRecognizerTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds/en_US_f_Allison");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RATE = AudioFrame.TELEPHONE_RATE;

    private final Context loop = VERTX.get().getOrCreateContext();
    private final List<HeardWord> said = new CopyOnWriteArrayList<>();
    private final SphinxTranscriber sphinx =
            new SphinxTranscriber(
                    OfflineSettings.defaults().withTimeouts(PATIENCE),
                    OfflineMeters.register(new SimpleMeterRegistry()));
    private final SphinxRecognizer recognizer = new SphinxRecognizer(sphinx);
    private final Recognizer.Recognition recognition = onLoop(() -> recognizer.open(listener()));
    private long position;

    @AfterEach
    void close() {
        onLoop(
                () -> {
                    recognition.close();
                    return "";
                });
        recognizer.close();
    }

    private Recognizer.Listener listener() {
        return new Recognizer.Listener() {
            @Override
            public void begun(HeardWord word) {}

            @Override
            public void said(HeardWord word) {
                said.add(word);
            }
        };
    }

    private <T> T onLoop(Callable<T> action) {
        var done = new CompletableFuture<T>();
        loop.runOnContext(
                _ -> {
                    try {
                        done.complete(action.call());
                    } catch (Exception e) {
                        done.completeExceptionally(e);
                    }
                });
        return done.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// Ends what is being said; completes with all words, once they are told.
    private CompletableFuture<String> finish(Recognizer.Recognition which) {
        var finished = new CompletableFuture<String>();
        onLoop(
                () -> {
                    which.finish(() -> finished.complete(words()));
                    return "";
                });
        return finished;
    }

    private void hear(short[] pcm) {
        hear(recognition, pcm);
    }

    private void hear(Recognizer.Recognition which, short[] pcm) {
        int frame = AudioFrame.samples(RATE);
        for (int from = 0; from + frame <= pcm.length; from += frame) {
            var next = new AudioFrame(Arrays.copyOfRange(pcm, from, from + frame), RATE, position);
            position += frame;
            onLoop(
                    () -> {
                        which.hear(next);
                        return "";
                    });
        }
    }

    private static short[] silence(int millis) {
        return new short[RATE / 1000 * millis];
    }

    private static short[] prompt(String name) throws Exception {
        return Wav.read(SOUNDS.resolve(name + ".wav")).pcm();
    }

    private String words() {
        return String.join(" ", said.stream().map(HeardWord::text).toList());
    }

    @Test
    void the_words_of_an_utterance_come_in_order_each_where_it_was_said() throws Exception {
        hear(silence(1000));
        short[] prompt = prompt("one-moment-please");
        hear(prompt);
        hear(silence(1000));
        Poll.until(PATIENCE, () -> !said.isEmpty() && !onLoop(recognition::busy), "words are told");
        assertEquals("one moment please", words());
        long spoken = 1000 + prompt.length * 1000L / RATE;
        long before = 0;
        for (HeardWord word : said) {
            assertEquals("en", word.language());
            assertTrue(word.start() >= before && word.end() > word.start(), said::toString);
            before = word.end();
        }
        assertTrue(said.getFirst().start() > 500, said::toString);
        assertTrue(before <= spoken + 500, said::toString);
    }

    @Test
    void words_are_told_in_the_pause_behind_them_and_once() throws Exception {
        hear(silence(1000));
        hear(prompt("one-moment-please"));
        hear(silence(300));
        Poll.until(PATIENCE, () -> said.size() == 3, () -> "all words are told: " + said);
        assertTrue(onLoop(recognition::busy), "the utterance has not ended");
        assertEquals("one moment please", words());
        hear(silence(1000));
        Poll.until(PATIENCE, () -> !onLoop(recognition::busy), "it ends");
        assertEquals("one moment please", words());
    }

    @Test
    void what_is_still_being_said_is_told_when_it_is_ended_from_outside() throws Exception {
        hear(silence(1000));
        hear(prompt("one-moment-please"));
        assertTrue(onLoop(recognition::busy), "it is still being said");
        assertEquals(
                "one moment please",
                finish(recognition).get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void an_ear_that_is_lost_keeps_nobody_waiting() throws Exception {
        var lost =
                new SphinxTranscriber(
                        withModel(Path.of("/nonexistent")),
                        OfflineMeters.register(new SimpleMeterRegistry()));
        try (var deaf = new SphinxRecognizer(lost)) {
            Poll.until(
                    PATIENCE,
                    () -> lost.unavailableReason().orElse("").contains("/nonexistent"),
                    () -> "the worker says what it lacks: " + lost.unavailableReason());
            Recognizer.Recognition its = onLoop(() -> deaf.open(listener()));
            hear(its, silence(1000));
            hear(its, prompt("one-moment-please"));
            Poll.until(PATIENCE, () -> !onLoop(its::busy), "nothing is waited for");
            assertEquals("", finish(its).get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
    }

    private static OfflineSettings withModel(Path model) {
        var usual = OfflineSettings.defaults();
        return new OfflineSettings(
                model,
                usual.decoders(),
                usual.recognizeTimeout(),
                usual.modes(),
                usual.answerTimeout(),
                usual.voices(),
                usual.picoData(),
                usual.wordsPerMinute(),
                usual.pitch(),
                usual.englishVoice(),
                usual.spanishVoice());
    }

    @Test
    void of_silence_nothing_is_told_and_nothing_is_waited_for() {
        hear(silence(2000));
        assertEquals("", finish(recognition).getNow("not at once"));
    }
}
