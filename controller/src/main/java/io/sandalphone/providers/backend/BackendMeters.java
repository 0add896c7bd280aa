package io.sandalphone.providers.backend;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

/// What an operator's backend was asked.
///
/// @param replies requests that came back with a reply, and how long each took
/// @param begunAgain conversations that it no longer knew, and were begun again
/// @param notAllowed wishes of it that the agent may not grant
/// @param unasked times somebody said something while it was switched off
record BackendMeters(Timer replies, Counter begunAgain, Counter notAllowed, Counter unasked) {
    static BackendMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "backend");
        return new BackendMeters(
                group.timerOfDelays("replies", "From a request to the backend to its reply"),
                group.counter(
                        "begun.again",
                        "conversations",
                        "Conversations that the backend no longer knew, and were begun again"),
                group.counter(
                        "wishes.refused",
                        "wishes",
                        "Wishes of the backend that the agent may not grant"),
                group.counter(
                        "unasked",
                        "turns",
                        "Times a caller said something while the backend was switched off"));
    }
}
