package io.sandalphone.harness.demo;

import io.sandalphone.harness.demo.CallReport.Level;
import io.sandalphone.harness.demo.CallReport.Side;
import io.sandalphone.harness.demo.CallReport.Times;
import io.sandalphone.harness.demo.CallReport.Utterance;
import io.sandalphone.harness.measure.Bursts;
import io.sandalphone.harness.measure.Listening;
import io.sandalphone.harness.measure.Locator;
import io.sandalphone.harness.measure.Span;
import io.sandalphone.harness.measure.WordErrorRate;
import io.sandalphone.harness.voices.WholeSpeech;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.telephony.Party;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.stream.LongStream;

/// Measures a call from what its two phones recorded. The controller is asked for words only: when
/// and how loud a translation was heard, and by whom, is read from the recordings.
public final class CallMeasurement {
    /// A speaker who sounds for longer than this outside of an utterance was cut by the segmenter,
    /// not by themselves.
    private static final long CUT = 300;

    private final CallOutcome call;
    private final Map<UtteranceReport, short[]> sounds;
    private final Map<Party, Listening> listenings;
    private final Map<UtteranceReport, Optional<Listening.Heard>> heard = new HashMap<>();
    private final OptionalLong epoch;

    private CallMeasurement(CallOutcome call, Map<UtteranceReport, short[]> sounds) {
        this.call = call;
        this.sounds = sounds;
        this.listenings = new EnumMap<>(Party.class);
        for (Party listener : Party.values()) {
            List<UtteranceReport> lane = translationsOf(listener.other());
            Listening listening =
                    Listening.to(
                            call.recordings().of(listener.other()).said(),
                            call.recordings().of(listener).heard(),
                            lane.stream().map(this::sound).toList());
            listenings.put(listener, listening);
            for (int i = 0; i < lane.size(); i++) {
                heard.put(lane.get(i), listening.translation(i));
            }
        }
        this.epoch = epochOfCallersClock();
    }

    /// `synthesizer` is the one the controller speaks with: what it is expected to have said is
    /// spoken again by it.
    public static CallReport measure(CallOutcome call, Synthesizer synthesizer)
            throws SpeechException, InterruptedException {
        Map<UtteranceReport, short[]> sounds = new HashMap<>();
        Map<String, short[]> spoken = new HashMap<>();
        for (UtteranceReport utterance : call.utterances()) {
            String text = utterance.translated();
            if (utterance.isTranslated() && text != null) {
                String key = utterance.target().tag() + ' ' + text;
                short[] sound = spoken.get(key);
                if (sound == null) {
                    sound = WholeSpeech.of(synthesizer, text, utterance.target());
                    spoken.put(key, sound);
                }
                sounds.put(utterance, sound);
            }
        }
        return new CallMeasurement(call, sounds).report();
    }

    private List<UtteranceReport> translationsOf(Party speaker) {
        return call.utterances().stream()
                .filter(u -> u.speaker() == speaker && u.isTranslated())
                .toList();
    }

    private short[] sound(UtteranceReport utterance) {
        return Objects.requireNonNull(sounds.get(utterance));
    }

    private Listening listening(Party listener) {
        return Objects.requireNonNull(listenings.get(listener));
    }

    private Optional<Listening.Heard> heard(UtteranceReport utterance) {
        return heard.getOrDefault(utterance, Optional.empty());
    }

    /// The controller's time at the caller's zero, from the reported and the measured beginnings of
    /// the translations; empty when none was found.
    private OptionalLong epochOfCallersClock() {
        long[] differences =
                call.utterances().stream()
                        .flatMapToLong(
                                u -> {
                                    Long reported = u.stages().firstAudio();
                                    OptionalLong measured = firstAudio(u);
                                    return reported == null || measured.isEmpty()
                                            ? LongStream.empty()
                                            : LongStream.of(reported - measured.getAsLong());
                                })
                        .sorted()
                        .toArray();
        return differences.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(differences[differences.length / 2]);
    }

    private OptionalLong firstAudio(UtteranceReport u) {
        return onCallersClock(u.speaker().other(), heard(u).map(h -> h.sounding().start()));
    }

    private OptionalLong audioEnd(UtteranceReport u) {
        return onCallersClock(u.speaker().other(), heard(u).map(h -> h.sounding().end()));
    }

    /// A sample of what `listener` heard, as the caller's time.
    private OptionalLong onCallersClock(Party listener, Optional<Integer> sample) {
        Optional<Integer> callers =
                switch (listener) {
                    case CALLER -> sample;
                    case DESTINATION -> sample.flatMap(listening(listener)::saidAt);
                };
        return callers.map(s -> OptionalLong.of(millis(s))).orElse(OptionalLong.empty());
    }

    private static long millis(int sample) {
        return Math.round(sample / 8.0);
    }

    private CallReport report() {
        Map<Party, List<Span>> bursts = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            bursts.put(party, burstsOnCallersClock(party));
        }
        Map<UtteranceReport, Span> speech = new HashMap<>();
        for (UtteranceReport u : call.utterances()) {
            speech(u, Objects.requireNonNull(bursts.get(u.speaker())))
                    .ifPresent(span -> speech.put(u, span));
        }
        Map<UtteranceReport, String> known = known(speech);
        List<Utterance> utterances =
                call.utterances().stream()
                        .map(u -> utterance(u, speech.get(u), known.get(u)))
                        .toList();
        return new CallReport(
                call.result(),
                call.reason(),
                call.carrier(),
                call.asteriskVersion(),
                call.providers(),
                utterances,
                side(Party.DESTINATION, utterances),
                side(Party.CALLER, utterances),
                call.cost(),
                call.leftBehind(),
                wordErrorRates());
    }

    /// What `party` said, in spans of the caller's samples.
    private List<Span> burstsOnCallersClock(Party party) {
        return Bursts.of(call.recordings().of(party).said()).stream()
                .flatMap(b -> onCallersClock(party, b).stream())
                .toList();
    }

    private Optional<Span> onCallersClock(Party speaker, Span said) {
        return switch (speaker) {
            case CALLER -> Optional.of(said);
            case DESTINATION ->
                    listening(Party.CALLER)
                            .heardAt(said.start())
                            .map(at -> new Span(at, at + said.length()));
        };
    }

    /// Where the speaker sounds in the time that the controller reported.
    private Optional<Span> speech(UtteranceReport u, List<Span> bursts) {
        Long start = u.stages().speechStart();
        Long end = u.stages().speechEnd();
        if (epoch.isEmpty() || start == null || end == null || end < start) {
            return Optional.empty();
        }
        long zero = epoch.getAsLong();
        Span reported = new Span((int) (start - zero) * 8, (int) (end - zero) * 8);
        int least = Math.min(800, reported.length() / 2);
        List<Span> within = bursts.stream().filter(b -> b.overlap(reported) > least).toList();
        if (within.isEmpty()) {
            return Optional.empty();
        }
        int first = within.getFirst().start();
        int last = within.getLast().end();
        int from = first < reported.start() - CUT * 8 ? reported.start() : first;
        int to = last > reported.end() + CUT * 8 ? reported.end() : last;
        return Optional.of(new Span(from, to));
    }

    /// The known words of each utterance: every known recording belongs to the utterance that holds
    /// most of it.
    private Map<UtteranceReport, String> known(Map<UtteranceReport, Span> speech) {
        Map<UtteranceReport, String> known = new HashMap<>();
        Map<Party, Integer> from = new EnumMap<>(Party.class);
        for (KnownSpeech sentence : call.known()) {
            Party speaker = sentence.speaker();
            Optional<Span> said =
                    Locator.find(
                            sentence.pcm(),
                            call.recordings().of(speaker).said(),
                            from.getOrDefault(speaker, 0));
            said.ifPresent(span -> from.put(speaker, span.end()));
            Optional<Span> place = said.flatMap(span -> onCallersClock(speaker, span));
            UtteranceReport most = null;
            int overlap = 0;
            for (UtteranceReport u : call.utterances()) {
                Span span = speech.get(u);
                if (u.speaker() == speaker && span != null && place.isPresent()) {
                    int shared = span.overlap(place.get());
                    if (shared > overlap) {
                        overlap = shared;
                        most = u;
                    }
                }
            }
            if (most != null) {
                known.merge(most, sentence.text(), (a, b) -> a + ' ' + b);
            }
        }
        return known;
    }

    private Utterance utterance(
            UtteranceReport u, @Nullable Span speech, @Nullable String knownText) {
        Listening listening = listening(u.speaker().other());
        int index = translationsOf(u.speaker()).indexOf(u);
        String said = Objects.requireNonNullElse(u.said(), "");
        Long committed = u.stages().committed();
        return new Utterance(
                u.speaker(),
                u.source(),
                u.target(),
                said,
                Objects.requireNonNullElse(u.translated(), ""),
                Optional.ofNullable(knownText),
                knownText == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(WordErrorRate.of(knownText, said)),
                new Times(
                        speech == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(speech.startMillis()),
                        speech == null ? OptionalLong.empty() : OptionalLong.of(speech.endMillis()),
                        committed == null || epoch.isEmpty()
                                ? OptionalLong.empty()
                                : OptionalLong.of(committed - epoch.getAsLong()),
                        firstAudio(u),
                        audioEnd(u)),
                heard(u),
                u.isTranslated()
                        ? Optional.of(listening(u.speaker()).leak(sound(u), leakAt(u)))
                        : Optional.empty(),
                index < 0
                        ? OptionalDouble.empty()
                        : against(listening.levelUnder(index), listening.originalLevel()),
                index < 0
                        ? OptionalDouble.empty()
                        : against(listening.levelAfter(index), listening.originalLevel()),
                u.spans());
    }

    /// Where in the recording of the one who said `u` its translation would begin, were it heard there too.
    private Optional<Integer> leakAt(UtteranceReport u) {
        Listening destinations = listening(Party.DESTINATION);
        Optional<Integer> begins = heard(u).map(h -> h.span().start());
        return switch (u.speaker()) {
            case CALLER -> begins.flatMap(destinations::saidAt);
            case DESTINATION -> begins.flatMap(destinations::heardAt);
        };
    }

    private static OptionalDouble against(OptionalDouble level, OptionalDouble original) {
        return level.isPresent() && original.isPresent()
                ? OptionalDouble.of(level.getAsDouble() - original.getAsDouble())
                : OptionalDouble.empty();
    }

    private Side side(Party party, List<Utterance> utterances) {
        Listening listening = listening(party);
        List<Utterance> lane =
                utterances.stream().filter(u -> u.speaker() != party && u.isTranslated()).toList();
        int length = call.recordings().of(party).heard().length;
        int starts =
                switch (party) {
                    case CALLER -> 0;
                    case DESTINATION ->
                            listening.saidAt(length / 2).orElse(length / 2) - length / 2;
                };
        OptionalDouble original = listening.originalLevel();
        return new Side(
                !lane.isEmpty() && lane.stream().allMatch(Utterance::isHeard),
                millis(starts),
                millis(length),
                original,
                plus(original, median(lane.stream().map(Utterance::ducked).toList())),
                plus(original, median(lane.stream().map(Utterance::restored).toList())),
                listening.levels().stream()
                        .map(l -> new Level(millis(l.at() + starts), l.decibels()))
                        .toList());
    }

    private static OptionalDouble plus(OptionalDouble a, OptionalDouble b) {
        return a.isPresent() && b.isPresent()
                ? OptionalDouble.of(a.getAsDouble() + b.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble median(List<OptionalDouble> values) {
        double[] present =
                values.stream().flatMapToDouble(OptionalDouble::stream).sorted().toArray();
        return present.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(present[present.length / 2]);
    }

    /// Of each speaker, over all their known words.
    private Map<Party, Double> wordErrorRates() {
        Map<Party, Double> rates = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            StringJoiner known = new StringJoiner(" ");
            StringJoiner said = new StringJoiner(" ");
            call.known().stream()
                    .filter(k -> k.speaker() == party)
                    .forEach(k -> known.add(k.text()));
            call.utterances().stream()
                    .filter(u -> u.speaker() == party && u.said() != null)
                    .forEach(u -> said.add(u.said()));
            if (known.length() > 0) {
                rates.put(party, WordErrorRate.of(known.toString(), said.toString()));
            }
        }
        return rates;
    }
}
