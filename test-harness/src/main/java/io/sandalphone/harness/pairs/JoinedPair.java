package io.sandalphone.harness.pairs;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.EventWatch;

import java.time.Duration;
import java.util.List;

/// A call in which two people talk and are interpreted, made by [PairLab#join].
///
/// @param id the gateway's
/// @param sinceNanos what was heard before does not count
public record JoinedPair(
        PairLab lab, String id, PairPhone caller, PairPhone destination, long sinceNanos)
        implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

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
