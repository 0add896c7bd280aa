package io.sandalphone.translate;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.bus.VoiceOverSettings;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.ReservedInterpreter;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.UtteranceRecognizer;
import io.sandalphone.speech.input.LevelMeters;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.speech.segment.UtterancesOnly;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A call in virtual time. One word is one number: a party says it as that sample value, the recognizer
/// hears it, the translator multiplies it by ten, and the voice says that.
abstract class NumberCall {
    static final Language ENGLISH = new Language("en");
    static final Language SPANISH = new Language("es");
    // A number is too quiet a sound to be told from a pause: so none is shortened.
    LaneSettings settings =
            new LaneSettings(
                    CommitMode.CLAUSE,
                    SpeculationSettings.NONE,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    new LagSettings(Duration.ofSeconds(8), 1),
                    VoiceOverSettings.USUAL);
    final VirtualLoop loop = new VirtualLoop();
    final ScriptedLeg caller = new ScriptedLeg();
    final ScriptedLeg destination = new ScriptedLeg();
    final Detectors detectors = new Detectors();
    final Words words = new Words();
    final Tens tens = new Tens();
    final Voice voice = new Voice();
    final Direct tongue = new Direct();
    Optional<ReservedInterpreter> direct = Optional.empty();
    final LaneMeters meters = LaneMeters.register(new SimpleMeterRegistry());
    final TranscriptFilterMeters filterMeters =
            TranscriptFilterMeters.register(new SimpleMeterRegistry());
    final FaultMeters faults = FaultMeters.register(new SimpleMeterRegistry());
    final InterpretationHealth health = new InterpretationHealth(faults, loop);
    final UtteranceNumbers numbers = new UtteranceNumbers();
    final Set<Party> announced = EnumSet.noneOf(Party.class);
    Announcements announcements = Announcements.none();
    final List<Progress> progress = new ArrayList<>();
    final List<Availability> availability = new ArrayList<>();

    /// Every sound is speech.
    static final class Detectors implements Supplier<VoiceDetector> {
        int opened;
        int closed;

        /// The detector of this number does not link.
        int broken;

        @Override
        public VoiceDetector get() {
            opened++;
            if (opened == broken) {
                opened--;
                broken = 0;
                throw new UnsatisfiedLinkError("as scripted");
            }
            return new VoiceDetector() {
                @Override
                public boolean speech(AudioFrame frame) {
                    return frame.pcm()[0] != 0;
                }

                @Override
                public void close() {
                    closed++;
                }
            };
        }
    }

    /// Hears the loudest number of an utterance.
    static final class Words implements Transcriber {
        final List<TranscriptListener> open = new ArrayList<>();
        final List<TranscriptionRequest> asked = new ArrayList<>();
        int closed;

        /// The next transcription is not opened, but this is thrown.
        Optional<Error> thrownByOpen = Optional.empty();

        /// Whether transcriptions throw when they are closed.
        boolean throwsByClose;

        @Override
        public String name() {
            return "words";
        }

        @Override
        public boolean understands(Language language) {
            return true;
        }

        @Override
        public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
            if (thrownByOpen.isPresent()) {
                Error thrown = thrownByOpen.get();
                thrownByOpen = Optional.empty();
                throw thrown;
            }
            open.add(listener);
            asked.add(request);
            return new UtterancesOnly(
                    new UtteranceRecognizer() {
                        private int loudest;
                        private long start = -1;

                        @Override
                        public void hear(AudioFrame frame) {
                            start = start < 0 ? frame.position() : start;
                            loudest = Math.max(loudest, frame.pcm()[0]);
                        }

                        @Override
                        public void utteranceEnded(long position) {
                            listener.onTranscript(
                                    new TranscriptEvent.Final(
                                            Integer.toString(loudest),
                                            start,
                                            position,
                                            Optional.empty()));
                            loudest = 0;
                            start = -1;
                        }

                        @Override
                        public void close() {
                            closed++;
                            if (throwsByClose) {
                                throw new IllegalStateException("as scripted");
                            }
                        }
                    });
        }
    }

    static final class Tens implements Translator {
        final List<TranslationRequest> asked = new ArrayList<>();
        String refused = "";
        SpeechException.Kind kind = SpeechException.Kind.PROVIDER_FAULT;
        boolean able = true;
        boolean onTrial;

        /// What a text becomes.
        UnaryOperator<String> into = text -> text + "0";

        @Override
        public String name() {
            return "tens";
        }

        @Override
        public boolean translates(Language from, Language to) {
            return able;
        }

        @Override
        public boolean takesSpeculation() {
            return !onTrial;
        }

        @Override
        public String translate(TranslationRequest request) throws SpeechException {
            asked.add(request);
            if (request.text().equals(refused)) {
                throw new SpeechException(kind, "as scripted");
            }
            return into.apply(request.text());
        }
    }

    static final class Voice implements Synthesizer {
        /// This text is never spoken, nor refused.
        String hangs = "";

        /// This text is spoken, but not to the end.
        String breaksOff = "";

        /// How many pieces of sound each text has, and how many samples each of those.
        int pieces = 1;

        int samples = 480;

        boolean onTrial;
        final List<String> asked = new ArrayList<>();

        /// How a piece of each text sounds.
        Function<String, short[]> sound = this::number;

        private short[] number(String text) {
            var pcm = new short[samples];
            Arrays.fill(pcm, Short.parseShort(text.replaceAll("[ .]", "")));
            return pcm;
        }

        @Override
        public String name() {
            return "voice";
        }

        @Override
        public boolean speaks(Language language) {
            return true;
        }

        @Override
        public boolean takesSpeculation() {
            return !onTrial;
        }

        @Override
        public void synthesize(SynthesisRequest request, PcmSink out) {
            asked.add(request.text());
            short[] pcm = sound.apply(request.text());
            if (request.text().equals(hangs)) {
                throw new VirtualLoop.NeverEnds();
            }
            for (int piece = 0; piece < pieces; piece++) {
                out.accept(pcm);
            }
            if (request.text().equals(breaksOff)) {
                throw new VirtualLoop.NeverEnds();
            }
        }
    }

    /// A direct interpreter that says what the test makes it say.
    static final class Direct implements ReservedInterpreter {
        final List<ReservedInterpreter.Listener> reserved = new ArrayList<>();
        final List<DirectInterpreter.Listener> open = new ArrayList<>();

        @Override
        public String name() {
            return "direct";
        }

        @Override
        public boolean interprets(Language from, Language to) {
            return true;
        }

        @Override
        public Transcription open(
                TranscriptionRequest request, DirectInterpreter.Listener listener) {
            open.add(listener);
            return new UtterancesOnly(new Deaf());
        }

        @Override
        public Transcription openWithReserve(
                TranscriptionRequest request, ReservedInterpreter.Listener listener) {
            reserved.add(listener);
            return open(request, listener);
        }

        void begins(int word) {
            open.getLast().onUtterance(Integer.toString(word), word + "0", 0, 1600);
            sounds(word);
        }

        void sounds(int word) {
            sounds(word, 480);
        }

        void sounds(int word, int samples) {
            var pcm = new short[samples];
            Arrays.fill(pcm, (short) (word * 10));
            open.getLast().onAudio(pcm);
        }

        void speaks(int word) {
            begins(word);
            open.getLast().onUtteranceSpoken();
        }
    }

    record Deaf() implements UtteranceRecognizer {
        @Override
        public void hear(AudioFrame frame) {}

        @Override
        public void utteranceEnded(long position) {}

        @Override
        public void close() {}
    }

    InterpreterDependencies dependencies() {
        return new InterpreterDependencies(
                new SpeechEngines(words, tens, voice, direct),
                settings,
                UtteranceSettings.TELEPHONE,
                detectors,
                new Glossary(List.of("Acme"), List.of()),
                health,
                meters,
                UtteranceMeters.register(new SimpleMeterRegistry()),
                LevelMeters.register(new SimpleMeterRegistry()),
                filterMeters,
                announcements);
    }

    Interpreter start(Language callerLanguage, Language destinationLanguage, boolean relay) {
        var conversation =
                new Conversation(
                        "test",
                        loop,
                        caller,
                        destination,
                        callerLanguage,
                        destinationLanguage,
                        relay,
                        Usage.UNMETERED,
                        numbers,
                        announced);
        return Interpreter.start(
                dependencies(),
                conversation,
                new InterpreterListener() {
                    @Override
                    public void progressed(Progress step) {
                        progress.add(step);
                    }

                    @Override
                    public void availability(Availability changed) {
                        availability.add(changed);
                    }
                });
    }

    /// Interprets directly, with the three engines behind.
    Interpreter startDirect() {
        direct = Optional.of(tongue);
        return start(ENGLISH, SPANISH, false);
    }

    void say(ScriptedLeg leg, int word) {
        leg.say(word, 30);
        leg.say(0, 40);
        loop.settle();
    }

    /// What is played to the party comes back through their telephone, while the wall clock is set.
    void echo(ScriptedLeg leg, int word) {
        for (int frame = 0; frame < 90; frame++) {
            loop.advance(Duration.ofMillis(AudioFrame.MILLIS));
            leg.say(word, 1);
        }
        loop.stepWallClock(Duration.ofHours(-1));
        for (int frame = 0; frame < 40; frame++) {
            loop.advance(Duration.ofMillis(AudioFrame.MILLIS));
            leg.say(0, 1);
        }
        loop.settle();
    }
}
