package io.sandalphone.harness.carrier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a call's document comes from: addresses asked one after the other until one has it, and what
/// is run when none has.
///
/// @param links at least one
/// @param last a document that stands at the carrier
record Sources(List<Verb.Link> links, Optional<String> last) {
    /// One address, and nothing else.
    Sources(Verb.Link only) {
        this(List.of(only), Optional.empty());
    }

    /// Those of a number.
    static Sources of(IncomingNumber number) {
        List<Verb.Link> links = new ArrayList<>();
        links.add(new Verb.Link(number.voiceUrl(), "POST"));
        if (number.fallbackUrl() != null) {
            links.add(new Verb.Link(number.fallbackUrl(), "POST"));
        }
        return new Sources(links, Optional.ofNullable(number.fallbackDocument()));
    }

    /// Those of a call that the REST API was asked for.
    static Sources of(CallOrder order) {
        List<Verb.Link> links = new ArrayList<>();
        if (order.url() != null) {
            links.add(new Verb.Link(order.url(), order.method()));
        }
        if (order.fallbackUrl() != null) {
            links.add(new Verb.Link(order.fallbackUrl(), "POST"));
        }
        return new Sources(links, Optional.empty());
    }
}
