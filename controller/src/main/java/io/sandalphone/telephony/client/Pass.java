package io.sandalphone.telephony.client;

import io.sandalphone.speech.Language;

import java.time.Instant;
import java.util.Optional;

/// Somebody who was let in: to which call, under which `id` (that of their ticket), and speaking what.
/// With `to` they call that number, and `from` is shown as theirs; with `standby` they stand by for calls
/// to that number of ours, or to any, and take one after the other. A pass `until` some moment lets in
/// until the call is over; without one, which is an operator's, to as many calls as there are.
record Pass(
        String id,
        String callId,
        Language language,
        Optional<String> from,
        Optional<String> to,
        Optional<String> standby,
        Optional<Instant> until) {
    /// Printed without its numbers.
    @Override
    public String toString() {
        return "Pass[%s, %s]".formatted(callId, language);
    }
}
