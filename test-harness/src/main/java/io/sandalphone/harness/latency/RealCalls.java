package io.sandalphone.harness.latency;

import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.pairs.JoinedPair;
import io.sandalphone.harness.pairs.PairLab;
import io.sandalphone.harness.pairs.PairPhone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.speech.Language;

import java.time.Duration;
import java.util.List;

/// Has utterances of the set said in calls of a real gateway, each in one of its own, as in virtual time: one in English by the
/// caller, one in Spanish by the destination. What their listeners heard, and when, is in the recordings of the telephones.
///
/// @param models what is said, for the models in the gateway
record RealCalls(PairLab lab, ModelScript models) {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// They are silent so long before they begin.
    private static final Duration LEAD = Duration.ofSeconds(1);

    /// Longer than in virtual time nothing is waited for but by so much.
    private static final long LATER_MILLIS = 2500;

    private static final int LINE = 1;

    /// The tones of its translation as they began to be heard, in milliseconds since the first sample of `said`, whose
    /// translations were heard until `heardUntilMs` in virtual time.
    List<SaidInCall.Heard> say(EvaluationSet.Utterance said, Language language, long heardUntilMs) {
        models.says(said);
        try (JoinedPair call = lab.join(LINE, SOON)) {
            boolean english = language.equals(PolicyRuns.ENGLISH);
            PairPhone speaker = english ? call.caller() : call.destination();
            PairPhone listener = english ? call.destination() : call.caller();
            call.listen(LEAD);
            long first = speaker.say(SpokenTones.of(said, language));
            long until = Math.max(said.durationMs(), heardUntilMs) + LATER_MILLIS;
            long untilNanos = first + Duration.ofMillis(until).toNanos();
            listener.awaitHeardUntil(untilNanos, Duration.ofMillis(until).plus(SOON));
            return tones(
                    listener.heard().between(first, untilNanos), PolicyRuns.other(language), first);
        } finally {
            lab.awaitNobodyLeft(SOON);
        }
    }

    /// When tones of `language` begin in `heard`, in milliseconds from `first` on.
    private static List<SaidInCall.Heard> tones(
            SoundTimeline heard, Language language, long first) {
        return ToneDetector.listen(heard.pcm()).heard().stream()
                .filter(tone -> tone.word().language().equals(language))
                .map(
                        tone ->
                                new SaidInCall.Heard(
                                        tone.word(),
                                        (heard.nanosAt(tone.startMillis()) - first) / 1_000_000))
                .toList();
    }
}
