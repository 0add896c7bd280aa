package io.sandalphone.harness.attack;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.EventWatch;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Two people in a call that is interpreted.
///
/// @param id the controller's
/// @param events what the controller told of its calls since this one began
public record Pair(
        AsteriskHost host,
        ControllerProcess controller,
        String id,
        PhoneCall caller,
        PhoneCall destination,
        EventWatch events)
        implements AutoCloseable {
    /// How loud what the phones say is heard when nothing is ducked, in dBov.
    private static final double FULL = ToneSpeech.USUAL.level();

    private static final double TOLERANCE = 1.5;
    private static final Duration LATEST = Duration.ofMillis(400);

    // Twice the silence after which an utterance counts as over.
    private static final Duration BETWEEN_UTTERANCES = Duration.ofMillis(1200);

    /// Each says a word, which the other must hear at its full level within `patience`. Says who did
    /// not, or nothing.
    public Optional<String> deaf(Duration patience) {
        return unheard(caller, destination, ToneWord.W7, patience)
                .map(found -> "the destination does not hear the caller: " + found)
                .or(
                        () ->
                                unheard(destination, caller, ToneWord.V7, patience)
                                        .map(
                                                found ->
                                                        "the caller does not hear the destination: "
                                                                + found));
    }

    private static Optional<String> unheard(
            PhoneCall speaker, PhoneCall listener, ToneWord word, Duration patience) {
        if (!speaker.isUp() || !listener.isUp()) {
            return Optional.of("the call has ended");
        }
        speaker.media().repeat(ToneSpeech.USUAL.withWord(Duration.ofSeconds(1)).render(word));
        try {
            Poll.until(
                    patience,
                    () -> Math.abs(level(listener, word) - FULL) < TOLERANCE,
                    () -> "level %.1f, not %.1f dBov".formatted(level(listener, word), FULL));
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } finally {
            speaker.media().hush();
        }
    }

    /// How loud `listener` hears `word` just now, in dBov.
    public static double level(PhoneCall listener, ToneWord word) {
        SoundTimeline sound = listener.media().received().heardByArrival();
        long end = sound.nanosAt(sound.pcm().length / 8);
        return ToneDetector.listen(sound.between(end - LATEST.toNanos(), end).pcm()).loudest(word);
    }

    /// Waits until a translation of exactly these words has been spoken to the end, and returns its
    /// last caption.
    public JsonNode awaitSpoken(Duration patience, ToneWord... words) {
        return events.await(
                "caption",
                caption ->
                        caption.path("call").asText().equals(id)
                                && said(caption, words)
                                && caption.path("audio_end_ms").isNumber(),
                patience);
    }

    /// Lets so much time pass that what is said next is an utterance of its own.
    public void pause() {
        long begin = System.nanoTime();
        Poll.until(
                AttackLab.SOON,
                () -> System.nanoTime() - begin > BETWEEN_UTTERANCES.toNanos(),
                "a pause");
    }

    /// The caller says these words, as an utterance of their own, after a pause; waits until their
    /// translation was spoken. Like a person who was misunderstood they say them again when other words
    /// were interpreted, as a busy machine's pause within a tone makes of it: at most twice.
    public JsonNode sayAndAwait(ToneWord... words) {
        for (int again = 2; ; again--) {
            int before = spoken().size();
            pause();
            caller.media().say(ToneSpeech.USUAL.render(words));
            Poll.until(
                    AttackLab.SOON,
                    () -> spoken().size() > before,
                    () -> "something is interpreted, after " + captions());
            JsonNode last = spoken().getLast();
            if (again == 0 || said(last, words)) {
                return awaitSpoken(AttackLab.SOON, words);
            }
        }
    }

    private List<JsonNode> spoken() {
        return captions().stream()
                .filter(caption -> caption.path("audio_end_ms").isNumber())
                .toList();
    }

    private static boolean said(JsonNode caption, ToneWord... words) {
        return ToneWord.parse(caption.path("said").asText()).equals(Optional.of(List.of(words)));
    }

    /// All captions of this call; several for each utterance.
    public List<JsonNode> captions() {
        return events.events().stream()
                .filter(event -> event.name().equals("caption"))
                .map(EventWatch.Event::data)
                .filter(caption -> caption.path("call").asText().equals(id))
                .toList();
    }

    /// Whether both people are still in the call.
    public boolean isUp() {
        return caller.isUp() && destination.isUp();
    }

    /// Ends what is still up, and waits until nothing of it is left.
    @Override
    public void close() {
        caller.hangUp();
        destination.hangUp();
        events.close();
        host.awaitIdle(AttackLab.SOON);
    }
}
