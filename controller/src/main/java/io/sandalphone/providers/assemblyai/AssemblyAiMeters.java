package io.sandalphone.providers.assemblyai;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

import java.util.concurrent.atomic.AtomicInteger;

/// What happens between us and AssemblyAI.
///
/// @param open sessions there are now, those being opened and terminated included
/// @param sessionsStarted sessions that began
/// @param sessionsUnterminated sessions whose proper end the service did not confirm in time
/// @param failures transcriptions that were lost
/// @param audioDropped frames that waited too long to be sent
/// @param silenceSkipped frames of silence not sent, to catch up
/// @param duplicateTurns messages about turns that had ended
/// @param unendedTurns turns whose end was not told before the next began
/// @param rewrittenWords messages that took back words that were final
/// @param malformedMessages messages that were not as the protocol has them
/// @param incompleteMessages messages in which something was missing, or was of another type
/// @param ignoredMessages messages of types that hold nothing for us
/// @param sessionSetup from the attempt to connect to the service's readiness
/// @param finalization from the voice detector's end of an utterance to its final words
public record AssemblyAiMeters(
        AtomicInteger open,
        Counter sessionsStarted,
        Counter sessionsUnterminated,
        Counter failures,
        Counter audioDropped,
        Counter silenceSkipped,
        Counter duplicateTurns,
        Counter unendedTurns,
        Counter rewrittenWords,
        Counter malformedMessages,
        Counter incompleteMessages,
        Counter ignoredMessages,
        Timer sessionSetup,
        Timer finalization) {
    public static AssemblyAiMeters register(MeterRegistry registry) {
        var open = new AtomicInteger();
        var group = new MeterGroup(registry, "assemblyai");
        group.gauge("sessions.open", "sessions", "Sessions there are now", open::get);
        return new AssemblyAiMeters(
                open,
                group.counter("sessions.started", "sessions", "Sessions that began"),
                group.counter(
                        "sessions.unterminated",
                        "sessions",
                        "Sessions whose end the service did not confirm in time"),
                group.counter("failures", "transcriptions", "Transcriptions that were lost"),
                group.counter("audio.dropped", "frames", "Frames that waited too long to be sent"),
                group.counter(
                        "silence.skipped", "frames", "Frames of silence not sent, to catch up"),
                group.counter("turns.duplicate", "messages", "Messages about turns that had ended"),
                group.counter(
                        "turns.unended",
                        "turns",
                        "Turns whose end was not told before the next began"),
                group.counter(
                        "words.rewritten",
                        "messages",
                        "Messages that took back words that were final"),
                group.counter(
                        "messages.malformed",
                        "messages",
                        "Messages that were not as the protocol has them"),
                group.counter(
                        "messages.incomplete",
                        "messages",
                        "Messages in which something was missing, or was of another type"),
                group.counter(
                        "messages.ignored",
                        "messages",
                        "Messages of types that hold nothing for us"),
                group.timerWithPercentiles(
                        "session.setup", "From the attempt to connect to the service's readiness"),
                group.timerWithPercentiles(
                        "finalization",
                        "From the voice detector's end of an utterance to its final words"));
    }
}
