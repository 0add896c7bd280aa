package io.sandalphone.harness.pairs;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.EventWatch;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A call in which two people talk and are interpreted, made by [PairLab#join].
///
/// @param id the gateway's
/// @param sinceNanos what was heard before does not count
public record JoinedPair(
        PairLab lab, String id, PairPhone caller, PairPhone destination, long sinceNanos)
        implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// Waits until the gateway has spoken a translation of exactly these words to the end, as far as it
    /// knows.
    public JsonNode awaitSpoken(ToneWord... words) {
        var said = Optional.of(List.of(words));
        return lab.events()
                .await(
                        "caption",
                        caption ->
                                isOurs(caption)
                                        && ToneWord.parse(caption.path("said").asText())
                                                .equals(said)
                                        && caption.path("audio_end_ms").isNumber(),
                        SOON);
    }

    /// What the gateway has recognised in this call, once for each utterance.
    public List<String> recognised() {
        return lab.events().events().stream()
                .filter(event -> event.name().equals("caption"))
                .map(EventWatch.Event::data)
                .filter(this::isOurs)
                .filter(caption -> caption.path("translated").isNull())
                .map(caption -> caption.path("said").asText())
                .toList();
    }

    private boolean isOurs(JsonNode caption) {
        return caption.path("call").asText().equals(id);
    }

    /// Waits until so much more sound has reached both.
    public void listen(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        caller.awaitHeardUntil(until, length.plus(SOON));
        destination.awaitHeardUntil(until, length.plus(SOON));
    }

    /// Ends whatever is still up.
    @Override
    public void close() {
        caller.hangUp();
        destination.hangUp();
    }
}
