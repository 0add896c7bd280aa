package io.sandalphone.harness.calls;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.EventWatch;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A call in which two people talk and are interpreted, made by [CallLab#join].
///
/// @param id the controller's
/// @param caller the call as its caller has it
/// @param destination the call as the person called has it
/// @param events what the controller told of its calls since this one began
public record JoinedCall(
        CallLab lab, String id, PhoneCall caller, PhoneCall destination, EventWatch events)
        implements AutoCloseable {
    /// Waits until a translation of exactly these words has been spoken to the end, and returns its
    /// last caption.
    public JsonNode awaitSpoken(ToneWord... words) {
        return awaitSpoken(CallLab.SOON, words);
    }

    /// The same, with a patience of the test's own.
    public JsonNode awaitSpoken(Duration patience, ToneWord... words) {
        var said = Optional.of(List.of(words));
        return events.await(
                "caption",
                caption ->
                        caption.path("call").asText().equals(id)
                                && ToneWord.parse(caption.path("said").asText()).equals(said)
                                && caption.path("audio_end_ms").isNumber(),
                patience);
    }

    /// Waits until the controller tells that one direction can no longer be interpreted.
    public JsonNode awaitLoss() {
        return awaitTranslation(false);
    }

    /// Waits until the controller tells that it can again.
    public JsonNode awaitReturn() {
        return awaitTranslation(true);
    }

    private JsonNode awaitTranslation(boolean available) {
        return events.await(
                "translation",
                event ->
                        event.path("call").asText().equals(id)
                                && event.path("available").asBoolean() == available,
                CallLab.SOON);
    }

    /// What was recognised in this call and spoken in translation, each once, in the order in which
    /// its sound ended.
    public List<String> spoken() {
        return captions().stream()
                .filter(caption -> caption.path("audio_end_ms").isNumber())
                .map(caption -> caption.path("said").asText())
                .toList();
    }

    /// All captions of this call; several for each utterance.
    public List<JsonNode> captions() {
        return events.events().stream()
                .filter(event -> event.name().equals("caption"))
                .map(EventWatch.Event::data)
                .filter(caption -> caption.path("call").asText().equals(id))
                .toList();
    }

    /// Waits until so much more sound has reached both phones.
    public void listen(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        Poll.until(
                length.plus(CallLab.SOON),
                () -> arrivedAfter(caller, until) && arrivedAfter(destination, until),
                "both phones hear on");
    }

    private static boolean arrivedAfter(PhoneCall call, long nanos) {
        var sound = call.media().received().sound();
        return !sound.isEmpty() && sound.getLast().arrivalNanos() >= nanos;
    }

    /// The caller hangs up; waits until nothing of the call is left.
    public void hangUp() throws InterruptedException {
        caller.hangUp();
        destination.awaitEnded(CallLab.SOON);
        lab.awaitIdle();
    }

    /// Ends whatever is still up.
    @Override
    public void close() {
        caller.hangUp();
        destination.hangUp();
        events.close();
        lab.awaitIdle();
    }
}
