package io.sandalphone.harness.latency;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.harness.latency.Outcome.Clause;
import io.sandalphone.harness.latency.Outcome.Voiced;
import io.sandalphone.harness.loop.SimulatedLoop;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.input.LevelMeters;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.speech.text.aloud.ReadAloud;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.speech.text.protect.ProtectedTranslator;
import io.sandalphone.speech.text.protect.ProtectionMeters;
import io.sandalphone.telephony.Party;
import io.sandalphone.translate.Announcements;
import io.sandalphone.translate.Availability;
import io.sandalphone.translate.Conversation;
import io.sandalphone.translate.FaultMeters;
import io.sandalphone.translate.InterpretationHealth;
import io.sandalphone.translate.Interpreter;
import io.sandalphone.translate.InterpreterDependencies;
import io.sandalphone.translate.InterpreterListener;
import io.sandalphone.translate.LagStep;
import io.sandalphone.translate.LaneMeters;
import io.sandalphone.translate.LaneSettings;
import io.sandalphone.translate.Progress;
import io.sandalphone.translate.Span;
import io.sandalphone.translate.Spans;
import io.sandalphone.translate.TranscriptFilterMeters;
import io.sandalphone.translate.UtteranceNumbers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One utterance of the set, said in a call of its own, through the interpreter as production runs it: only its providers and
/// the telephones are modelled, and time is virtual.
final class Trial {
    /// The speaker is silent so long before they begin.
    private static final long LEAD_MILLIS = 1000;

    /// No translation is waited for longer.
    private static final long MOST_MILLIS = 600_000;

    private static final Duration FRAME = Duration.ofMillis(AudioFrame.MILLIS);
    private static final short LEVEL = 3000;

    private final EvaluationSet.Utterance said;
    private final LaneSettings settings;
    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LaneMeters meters = LaneMeters.register(registry);
    private final FaultMeters faults = FaultMeters.register(registry);
    private final ModelLeg speaker = new ModelLeg(loop);
    private final ModelLeg listener = new ModelLeg(loop);
    private final List<HeardWords.Word> words;
    private final ModelRecognizer recognizer;
    private final ModelTranslator translator;
    private final TimedTranslator timed;
    private final ModelVoice voice;
    private final Language from;
    private final Language to;
    private final Map<Integer, Heard> heard = new TreeMap<>();

    /// How far an utterance has come, and when it was heard.
    private static final class Heard {
        Progress progress;
        long from = -1;
        long until = -1;

        Heard(Progress progress) {
            this.progress = progress;
        }
    }

    /// What the recognizer hears wrong it hears as one of `others`.
    Trial(
            EvaluationSet.Utterance said,
            LaneSettings settings,
            Profile profile,
            long seed,
            Language from,
            Language to,
            Translator provider,
            List<String> others) {
        this.said = said;
        this.settings = settings;
        this.from = from;
        this.to = to;
        var chance = new Chance(seed, said.id());
        words = HeardWords.of(said, HeardWords.samples(LEAD_MILLIS), profile, chance, others);
        recognizer = new ModelRecognizer(loop, profile, chance, words);
        translator = new ModelTranslator(provider, loop::pause, loop, profile, () -> chance);
        timed =
                new TimedTranslator(
                        new ProtectedTranslator(
                                translator, Glossary.EMPTY, ProtectionMeters.register(registry)),
                        loop);
        voice = new ModelVoice(loop::pause, profile, () -> chance);
    }

    Outcome run() {
        Interpreter interpreter = start();
        long quietSince = 0;
        long patience = settings.firstAudioTimeout().plusSeconds(1).toMillis();
        long end = LEAD_MILLIS + said.durationMs();
        for (long now = 0;
                now < end || (now - quietSince < patience && now < MOST_MILLIS);
                now += AudioFrame.MILLIS) {
            loop.advance(FRAME);
            speaker.say(frame(now));
            if (now < end || listener.speaking()) {
                quietSince = now;
            }
        }
        interpreter.close();
        loop.advance(FRAME);
        if (faults.faults().count() + faults.notStarted().count() > 0) {
            throw new IllegalStateException("the interpreter failed at " + said.id());
        }
        return outcome();
    }

    private Interpreter start() {
        var dependencies =
                new InterpreterDependencies(
                        new SpeechEngines(recognizer, timed, voice, Optional.empty()),
                        settings,
                        UtteranceSettings.TELEPHONE,
                        LoudFrames::new,
                        Glossary.EMPTY,
                        new InterpretationHealth(faults, loop),
                        meters,
                        UtteranceMeters.register(registry),
                        LevelMeters.register(registry),
                        TranscriptFilterMeters.register(registry),
                        Announcements.none());
        var conversation =
                new Conversation(
                        said.id(),
                        loop,
                        speaker,
                        listener,
                        from,
                        to,
                        /* relay= */ false,
                        Usage.UNMETERED,
                        new UtteranceNumbers(),
                        EnumSet.noneOf(Party.class));
        return Interpreter.start(dependencies, conversation, new Progressing());
    }

    /// What the speaker says in the 20 ms from `millis` on: sound within words, silence between them.
    private AudioFrame frame(long millis) {
        long position = HeardWords.samples(millis);
        var pcm = new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)];
        for (HeardWords.Word word : words) {
            int first = Math.clamp(word.start() - position, 0, pcm.length);
            int behind = Math.clamp(word.end() - position, 0, pcm.length);
            Arrays.fill(pcm, first, behind, LEVEL);
        }
        return new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position);
    }

    /// Finds speech where there is sound.
    private static final class LoudFrames implements VoiceDetector {
        @Override
        public boolean speech(AudioFrame frame) {
            for (short sample : frame.pcm()) {
                if (sample != 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() {}
    }

    private final class Progressing implements InterpreterListener {
        @Override
        public void progressed(Progress step) {
            Heard one = heard.computeIfAbsent(step.utterance(), _ -> new Heard(step));
            one.progress = step;
            // It is told when the frame is handed over.
            if (step.firstAudio() != null && one.from < 0) {
                one.from = listener.heardMillis() - LEAD_MILLIS;
            }
            if (step.audioEnd() != null && one.until < 0) {
                addsUp(step);
                one.until = listener.heardMillis() + AudioFrame.MILLIS - LEAD_MILLIS;
            }
        }

        /// All of it, by the clock, is what its spans are together.
        private void addsUp(Progress step) {
            Long end = step.audioEnd();
            Spans spans = step.spans();
            if (end == null || spans == null) {
                throw new IllegalStateException(said.id() + " sounded without spans");
            }
            long sum = spans.durations().values().stream().mapToLong(Long::longValue).sum();
            if (sum != end - step.speechStart()) {
                throw new IllegalStateException(said.id() + ": " + spans + " do not add up");
            }
        }

        @Override
        public void availability(Availability changed) {}
    }

    private Outcome outcome() {
        List<Clause> clauses = heard.values().stream().map(this::clause).toList();
        List<ModelLeg.Stretch> sounds =
                listener.sounds().stream()
                        .map(
                                each ->
                                        new ModelLeg.Stretch(
                                                each.from() - LEAD_MILLIS,
                                                each.until() - LEAD_MILLIS))
                        .toList();
        return new Outcome(
                said,
                clauses,
                sounds,
                clauses.isEmpty() ? 0 : floor(clauses.getLast()),
                revised(clauses),
                count(meters.translationFailed()) + count(meters.synthesisFailed()),
                count(meters.late()) + count(meters.dropped()) + count(meters.skipped()),
                frames(),
                translator.characters(),
                voice.characters());
    }

    private Map<LagStep, Long> frames() {
        var frames = new EnumMap<LagStep, Long>(LagStep.class);
        meters.frames().forEach((step, counter) -> frames.put(step, (long) counter.count()));
        return frames;
    }

    private static int count(Counter counter) {
        return (int) counter.count();
    }

    private Clause clause(Heard one) {
        Progress progress = one.progress;
        long start = progress.speechStart() - LEAD_MILLIS;
        long end = progress.speechEnd() - LEAD_MILLIS;
        // What is left of a turn begins where the clause before it ended, which may be before its
        // first word.
        long firstWord =
                said.words().stream()
                        .filter(word -> word.endMs() > start)
                        .mapToLong(EvaluationSet.Word::startMs)
                        .findFirst()
                        .orElse(start);
        return new Clause(
                progress.said(),
                Math.max(start, firstWord),
                end,
                one.from < 0
                        ? Optional.empty()
                        : Optional.of(
                                new Voiced(
                                        Optional.ofNullable(progress.translated()).orElseThrow(),
                                        one.from,
                                        Math.max(one.from, one.until),
                                        spans(progress))));
    }

    private static Map<Span, Long> spans(Progress progress) {
        return progress.spans() == null ? Map.of() : progress.spans().durations();
    }

    /// What nobody could do without: the last word, then the translation of the last clause, then its first sound.
    private long floor(Clause last) {
        return words.getLast().delayMs()
                + timed.millis(last.text())
                + last.voiced()
                        .map(each -> voice.delayMillis(ReadAloud.inWords(each.text(), to)))
                        .orElse(0L);
    }

    /// Voiced clauses whose words are not, in their order, among those that the recognizer has in their place when all is said.
    private int revised(List<Clause> clauses) {
        int revised = 0;
        long voicedUntil = -1;
        for (Clause clause : clauses) {
            if (clause.voiced().isPresent()) {
                boolean again = clause.startMs() < voicedUntil;
                revised += again || !among(clause) ? 1 : 0;
                voicedUntil = clause.endMs();
            }
        }
        return revised;
    }

    private boolean among(Clause clause) {
        Deque<String> voiced = new ArrayDeque<>(List.of(clause.text().split(" ", -1)));
        for (HeardWords.Word word : words) {
            long middle = HeardWords.millis((word.start() + word.end()) / 2) - LEAD_MILLIS;
            boolean within = clause.startMs() <= middle && middle <= clause.endMs();
            if (within
                    && !voiced.isEmpty()
                    && HeardWords.plain(voiced.getFirst())
                            .equals(HeardWords.plain(word.written()))) {
                voiced.removeFirst();
            }
        }
        return voiced.isEmpty();
    }
}
