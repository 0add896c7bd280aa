package io.sandalphone.telephony.client;

import io.sandalphone.speech.Language;
import io.sandalphone.telephony.E164;

import java.time.Instant;
import java.util.Optional;

/// What lets one person into one call, until `expires`. `id` tells tickets of one call apart. `language`
/// is what the person speaks. With `to`, one of the called numbers that have a route, the person calls
/// that number; `from` is then shown as theirs. With `standby` they stand by for calls to that number of
/// ours, or to any ([io.sandalphone.routing.RouteTable#ANY]), as long as the ticket holds. Without either,
/// they meet whoever holds the other ticket of the same `callId`.
record Ticket(
        String id,
        String callId,
        Language language,
        Optional<String> from,
        Optional<String> to,
        Optional<String> standby,
        Instant expires) {
    /// Printed without its numbers.
    @Override
    public String toString() {
        return "Ticket[%s, %s, %s, %s, %s, %s]"
                .formatted(
                        callId,
                        language,
                        from.map(E164::mask),
                        to.map(E164::mask),
                        standby.map(E164::mask),
                        expires);
    }
}
