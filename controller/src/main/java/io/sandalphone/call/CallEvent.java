package io.sandalphone.call;

import io.sandalphone.cost.Costs;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;
import io.sandalphone.translate.Spans;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Something to tell those who watch a call. Times are milliseconds since the epoch.
public sealed interface CallEvent {
    String callId();

    /// The call entered a state, named by its short fixed word.
    record StateChanged(String callId, String state, long atEpochMillis) implements CallEvent {}

    /// The call lived before this program did, and goes on here. Its first event.
    record Adopted(String callId, long atEpochMillis) implements CallEvent {}

    /// The call lived before this program did, and its two people talk on without it. `reason` is the short fixed word that the
    /// log and the metric give it. The only event of a call that was never taken up.
    record Left(String callId, String reason, long atEpochMillis) implements CallEvent {}

    /// What the call has cost so far: told when a cap is reached and the people talk on
    /// untranslated, and when the call ends.
    record Spent(String callId, Costs costs, long atEpochMillis) implements CallEvent {}

    /// The call is over, with the two words that the log and the metric give it. The last event of
    /// a call.
    record Ended(String callId, String result, String reason, long atEpochMillis)
            implements CallEvent {}

    /// What `speaker` says is no longer interpreted, or is again. `lacking` names the stages that do
    /// not work: `recognition`, `translation`, `synthesis` or `direct`.
    record Translation(
            String callId,
            Party speaker,
            boolean available,
            List<String> lacking,
            long atEpochMillis)
            implements CallEvent {
        public Translation {
            lacking = List.copyOf(lacking);
        }
    }

    /// What `speaker` says is interpreted to the other one from now on, or no more, because the other one or an
    /// operator wished so. Whether it can be is what [Translation] tells.
    record Interpretation(String callId, Party speaker, boolean on, long atEpochMillis)
            implements CallEvent {}

    /// What is known so far of one utterance of `speaker`: each one given replaces the one before
    /// with the same `callId`, `speaker` and `utterance`. What is not known yet is null. One that was `skipped`,
    /// because its translation was too far behind, is never heard in the other language.
    ///
    /// Holds what people say: it goes to watchers that were allowed to see it, and nowhere else.
    record Caption(
            String callId,
            Party speaker,
            int utterance,
            Language sourceLanguage,
            Language targetLanguage,
            @Nullable String said,
            @Nullable String translated,
            Timing timing,
            boolean skipped)
            implements CallEvent {
        /// Without the words, so that they reach no log by accident.
        @Override
        public String toString() {
            return "Caption[callId=%s, speaker=%s, utterance=%d, timing=%s]"
                    .formatted(callId, speaker, utterance, timing);
        }
    }

    /// When the stages of an utterance happened: the speaker began and ended, the words were
    /// committed to translation, the first translated sound went out, and the last. `spans` are what that time was
    /// spent on, once it sounds.
    record Timing(
            @Nullable Long speechStart,
            @Nullable Long speechEnd,
            @Nullable Long committed,
            @Nullable Long firstAudio,
            @Nullable Long audioEnd,
            @Nullable Spans spans) {}
}
