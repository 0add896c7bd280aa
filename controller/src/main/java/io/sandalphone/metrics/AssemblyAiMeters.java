package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.concurrent.atomic.AtomicInteger;

/// What happens between us and AssemblyAI.
///
/// @param open sessions there are now, those being opened and terminated included
/// @param sessionsStarted sessions that began
/// @param reconnects sessions opened because one was lost
/// @param stalls sessions given up because the service no longer answered
/// @param sessionsUnterminated sessions whose proper end the service did not confirm in time
/// @param failures transcriptions that were lost
/// @param audioDropped frames that waited too long to be sent
/// @param silenceSkipped frames of silence not sent, to catch up
/// @param duplicateTurns messages about turns that had ended
/// @param lateTurns messages about utterances that were no longer waited for
/// @param rewrittenWords messages that took back words that were final
/// @param unanswered utterances to which the service said nothing in time
/// @param malformedMessages messages that were not as the protocol has them
/// @param ignoredMessages messages of types that hold nothing for us
/// @param sessionSetup from the attempt to connect to the service's readiness
/// @param finalization from the voice detector's end of an utterance to its final words
public record AssemblyAiMeters(
        AtomicInteger open,
        Counter sessionsStarted,
        Counter reconnects,
        Counter stalls,
        Counter sessionsUnterminated,
        Counter failures,
        Counter audioDropped,
        Counter silenceSkipped,
        Counter duplicateTurns,
        Counter lateTurns,
        Counter rewrittenWords,
        Counter unanswered,
        Counter malformedMessages,
        Counter ignoredMessages,
        Timer sessionSetup,
        Timer finalization) {
    public static AssemblyAiMeters register(MeterRegistry registry) {
        var open = new AtomicInteger();
        Gauge.builder("sandalphone.assemblyai.sessions.open", open, AtomicInteger::get)
                .baseUnit("sessions")
                .description("Sessions there are now")
                .register(registry);
        return new AssemblyAiMeters(
                open,
                counter(registry, "sessions.started", "sessions", "Sessions that began"),
                counter(registry, "reconnects", "sessions", "Sessions opened because one was lost"),
                counter(
                        registry,
                        "stalls",
                        "sessions",
                        "Sessions given up because the service no longer answered"),
                counter(
                        registry,
                        "sessions.unterminated",
                        "sessions",
                        "Sessions whose end the service did not confirm in time"),
                counter(registry, "failures", "transcriptions", "Transcriptions that were lost"),
                counter(
                        registry,
                        "audio.dropped",
                        "frames",
                        "Frames that waited too long to be sent"),
                counter(
                        registry,
                        "silence.skipped",
                        "frames",
                        "Frames of silence not sent, to catch up"),
                counter(
                        registry,
                        "turns.duplicate",
                        "messages",
                        "Messages about turns that had ended"),
                counter(
                        registry,
                        "turns.late",
                        "messages",
                        "Messages about utterances that were no longer waited for"),
                counter(
                        registry,
                        "words.rewritten",
                        "messages",
                        "Messages that took back words that were final"),
                counter(
                        registry,
                        "utterances.unanswered",
                        "utterances",
                        "Utterances to which the service said nothing in time"),
                counter(
                        registry,
                        "messages.malformed",
                        "messages",
                        "Messages that were not as the protocol has them"),
                counter(
                        registry,
                        "messages.ignored",
                        "messages",
                        "Messages of types that hold nothing for us"),
                timer(
                        registry,
                        "session.setup",
                        "From the attempt to connect to the service's readiness"),
                timer(
                        registry,
                        "finalization",
                        "From the voice detector's end of an utterance to its final words"));
    }

    private static Counter counter(
            MeterRegistry registry, String name, String unit, String description) {
        return Counter.builder("sandalphone.assemblyai." + name)
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder("sandalphone.assemblyai." + name)
                .description(description)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }
}
