package io.sandalphone.harness.demo;

import io.sandalphone.harness.measure.Listening;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What was measured of one call. Times are milliseconds on the caller's clock, which starts with
/// their phone's recordings; levels are decibels. `wordErrorRates` are those of all that each speaker said,
/// where that is known.
public record CallReport(
        String result,
        String reason,
        DemoCarrier carrier,
        String asteriskVersion,
        Providers providers,
        List<Utterance> utterances,
        Side destination,
        Side caller,
        Optional<CostReport> cost,
        CallOutcome.LeftBehind leftBehind,
        Map<Party, Double> wordErrorRates) {
    public CallReport {
        wordErrorRates = Map.copyOf(wordErrorRates);
    }

    /// One utterance, and what became of it.
    ///
    /// `known` is what was said in truth, where that is known, and `wordErrorRate` what the
    /// recognizer made of it. `heard` is its translation in the listener's recording, `leak` the
    /// trace of it in the speaker's own. `ducked` and `restored` are the gain of the speaker's voice
    /// under the translation and after it, against its gain before the first. `spans` are the controller's own account of its way.
    public record Utterance(
            Party speaker,
            Language source,
            Language target,
            String said,
            String translated,
            Optional<String> known,
            OptionalDouble wordErrorRate,
            Times times,
            Optional<Listening.Heard> heard,
            Optional<Listening.Leak> leak,
            OptionalDouble ducked,
            OptionalDouble restored,
            Optional<UtteranceSpans> spans) {
        /// The least part of a translation that must be found for it to count as heard.
        static final double WHOLE = 0.9;

        public boolean isTranslated() {
            return !translated.isBlank();
        }

        public boolean isHeard() {
            return heard.map(h -> h.fraction() >= WHOLE).orElse(false);
        }

        public boolean isLeaked() {
            return leak.map(Listening.Leak::heard).orElse(false);
        }

        /// From the end of speech to the first translated sound: what the listener waits.
        public OptionalLong delay() {
            return between(times.speechEnd(), times.firstAudio());
        }

        /// From the first word to the first translated sound.
        public OptionalLong lag() {
            return between(times.speechStart(), times.firstAudio());
        }

        private static OptionalLong between(OptionalLong from, OptionalLong to) {
            return from.isPresent() && to.isPresent()
                    ? OptionalLong.of(to.getAsLong() - from.getAsLong())
                    : OptionalLong.empty();
        }
    }

    /// What is not known is empty. All but `committed` are measured in the recordings.
    public record Times(
            OptionalLong speechStart,
            OptionalLong speechEnd,
            OptionalLong committed,
            OptionalLong firstAudio,
            OptionalLong audioEnd) {}

    /// What one party heard. `heardTranslation` is whether there were translations for it and all of them
    /// were heard, `starts` is the caller's time at which its recording begins, `lasts` its
    /// length; `original` is the gain of the other one's voice before any translation and `ducked`
    /// under them all; `levels` follows it through the recording.
    public record Side(
            boolean heardTranslation,
            long starts,
            long lasts,
            OptionalDouble original,
            OptionalDouble ducked,
            OptionalDouble restored,
            List<Level> levels) {}

    /// The gain of a voice at one time.
    public record Level(long at, double decibels) {}

    public Side side(Party party) {
        return switch (party) {
            case CALLER -> caller;
            case DESTINATION -> destination;
        };
    }

    /// How long the listener waited from the end of what `speaker` said to its first translated sound:
    /// half of the utterances took no longer. Empty when none was heard.
    public OptionalLong delay(Party speaker) {
        long[] delays =
                translationsOf(speaker).stream()
                        .flatMapToLong(each -> each.delay().stream())
                        .sorted()
                        .toArray();
        return delays.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(delays[(delays.length - 1) / 2]);
    }

    /// The language that `speaker` speaks; empty when nothing of theirs was interpreted.
    public Optional<Language> spokenBy(Party speaker) {
        return utterances.stream()
                .filter(u -> u.speaker() == speaker)
                .map(Utterance::source)
                .findFirst();
    }

    /// The utterances of `speaker` that were to be spoken to the other one.
    public List<Utterance> translationsOf(Party speaker) {
        return utterances.stream().filter(u -> u.speaker() == speaker && u.isTranslated()).toList();
    }
}
