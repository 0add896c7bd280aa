package io.sandalphone.translate;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.bus.VoiceOverSettings;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
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
import io.sandalphone.speech.input.LevelMeters;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A call in virtual time whose caller says what is drawn from a seed. Each synthesis makes a sound of its own, so what the
/// destination hears says which of them it was.
final class SpokenCall {
    private static final Language OTHER = new Language("de");

    /// How long after the last word a recognizer ends an utterance, in frames.
    private static final int SILENCE = 28;

    private static final Duration FRAME = Duration.ofMillis(AudioFrame.MILLIS);

    /// What the engines of a call are like.
    ///
    /// @param slowestMillis how long an answer takes at most, or the next piece of a sound
    /// @param failures of a hundred requests to an engine so many fail, and as many are never answered
    record Engines(int slowestMillis, int failures) {}

    private final VirtualLoop loop = new VirtualLoop();
    private final VirtualLoop playout = new VirtualLoop();
    private final ScriptedLeg caller = new ScriptedLeg();
    private final ScriptedLeg destination = new ScriptedLeg();
    private final LaneMeters meters = LaneMeters.register(new SimpleMeterRegistry());
    private final RecognizedSpeech speech;
    private final Engines engines;
    private final Random chance;
    private final SlowEngines slow;
    private final Interpreter interpreter;
    private final List<TranscriptListener> listeners = new ArrayList<>();
    private final List<String> committed = new ArrayList<>();

    /// What was translated; the translation of the first one has one letter, that of the next one two.
    private final List<String> translations = new ArrayList<>();

    /// What was asked to be voiced, untranslated; the first one makes the sound 1.
    private final List<String> voicings = new ArrayList<>();

    private int translatedCharacters;
    private int voicedCharacters;
    private int openDetectors;
    private int openTranscriptions;
    private int frame;
    private int told;

    /// The frame at which the caller broke off; none yet.
    private int brokenOff = Integer.MAX_VALUE;

    SpokenCall(long seed, RecognizedSpeech speech, Engines engines) {
        this.speech = speech;
        this.engines = engines;
        chance = new Random(seed);
        slow = new SlowEngines(loop, chance, engines.slowestMillis);
        destination.playBy(playout);
        interpreter =
                Interpreter.start(
                        new InterpreterDependencies(
                                new SpeechEngines(
                                        new Words(), new Marking(), new Sounds(), Optional.empty()),
                                new LaneSettings(
                                        CommitMode.CLAUSE,
                                        new SpeculationSettings(true, 1.6, 1.25),
                                        Duration.ofMinutes(1),
                                        Duration.ofSeconds(2),
                                        new LagSettings(Duration.ofMinutes(1), 1),
                                        VoiceOverSettings.USUAL),
                                UtteranceSettings.TELEPHONE,
                                this::detector,
                                new Glossary(List.of(), List.of()),
                                new InterpretationHealth(
                                        FaultMeters.register(new SimpleMeterRegistry()), loop),
                                meters,
                                UtteranceMeters.register(new SimpleMeterRegistry()),
                                LevelMeters.register(new SimpleMeterRegistry()),
                                TranscriptFilterMeters.register(new SimpleMeterRegistry()),
                                Announcements.none()),
                        new Conversation(
                                "test",
                                slow,
                                caller,
                                destination,
                                speech.language(),
                                OTHER,
                                false,
                                Usage.UNMETERED,
                                new UtteranceNumbers(),
                                EnumSet.noneOf(Party.class)),
                        new InterpreterListener() {
                            @Override
                            public void progressed(Progress step) {
                                if (step.utterance() > committed.size()) {
                                    committed.add(step.said());
                                }
                            }

                            @Override
                            public void availability(Availability changed) {}
                        });
        listeners.getLast().onReady();
    }

    /// The next 20 ms.
    void step() {
        loop.advance(FRAME);
        if (frame < brokenOff) {
            tell();
        } else if (frame == brokenOff + SILENCE) {
            endWhatWasSaid();
        }
        caller.say(frame < brokenOff && speech.voiced(frame) ? 1000 : 0, 1);
        loop.settle();
        playout.advance(FRAME);
        frame++;
    }

    private void tell() {
        for (;
                told < speech.told().size()
                        && speech.told().get(told).millis() < (frame + 1L) * AudioFrame.MILLIS;
                told++) {
            listeners.getLast().onTranscript(speech.told().get(told).event());
            if (chance.nextBoolean()) {
                loop.settle();
            }
        }
    }

    private void endWhatWasSaid() {
        if (told > 0
                && speech.told().get(told - 1).event() instanceof TranscriptEvent.Partial partial) {
            listeners
                    .getLast()
                    .onTranscript(
                            partial.text().isBlank()
                                    ? new TranscriptEvent.Nothing(partial.start(), partial.end())
                                    : new TranscriptEvent.Final(
                                            partial.text(),
                                            partial.start(),
                                            partial.end(),
                                            Optional.empty()));
        }
    }

    /// The caller, whom the other one interrupts, says nothing more from now on. What the recognizer has told of an utterance
    /// that goes on turns out to be all of it.
    void breakOff() {
        brokenOff = frame;
    }

    /// Goes on to say all there is to say, and until `more` afterwards.
    void run(Duration more) {
        long end = speech.frames() + more.dividedBy(FRAME);
        while (frame < end) {
            step();
        }
    }

    /// How many frames what they say lasts.
    int frames() {
        return speech.frames();
    }

    /// The call is over.
    void hangUp() {
        interpreter.close();
    }

    /// What each of the translations was of that the destination has heard, in this order.
    List<String> heard() {
        return destination.heard().stream().map(sound -> voicings.get(sound - 1)).toList();
    }

    /// How many frames the destination has been spoken.
    int spokenFrames() {
        return destination.spoken.size();
    }

    /// What was committed, in this order.
    List<String> committed() {
        return committed;
    }

    /// Characters that were sent to be translated.
    int translatedCharacters() {
        return translatedCharacters;
    }

    /// Characters that were translated ahead and thrown away.
    int translatedInVain() {
        return (int) meters.speculation().translatedInVain().count();
    }

    /// Characters that were voiced ahead and thrown away.
    int voicedInVain() {
        return (int) meters.speculation().voicedInVain().count();
    }

    /// Characters of what was said whose translation was sent to be voiced.
    int voicedCharacters() {
        return voicedCharacters;
    }

    /// What of the call still goes on; empty when nothing does.
    List<String> left() {
        List<String> left = underWay();
        if (openDetectors + openTranscriptions > 0) {
            left.add(openDetectors + " detectors, " + openTranscriptions + " transcriptions");
        }
        return left;
    }

    /// What of what was said still goes on; empty when nothing does.
    List<String> underWay() {
        List<String> left = new ArrayList<>();
        if (loop.timers() > 0) {
            left.add(loop.timers() + " timers");
        }
        if (slow.working() > 0) {
            left.add(slow.working() + " pieces of work");
        }
        if (!destination.levels.isEmpty() || !caller.levels.isEmpty()) {
            List<String> levels = caller.levels.isEmpty() ? destination.levels : caller.levels;
            if (!levels.getLast().equals("risen")) {
                left.add("a voice that is low");
            }
        }
        return left;
    }

    private VoiceDetector detector() {
        openDetectors++;
        return new VoiceDetector() {
            @Override
            public boolean speech(AudioFrame frame) {
                return frame.pcm()[0] != 0;
            }

            @Override
            public void close() {
                openDetectors--;
            }
        };
    }

    private void fail() throws SpeechException {
        if (chance.nextInt(100) < engines.failures) {
            throw new SpeechException(SpeechException.Kind.PROVIDER_FAULT, "as scripted");
        }
        if (chance.nextInt(100) < engines.failures) {
            throw new VirtualLoop.NeverEnds();
        }
    }

    private final class Words implements Transcriber {
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
            listeners.add(listener);
            openTranscriptions++;
            return new Transcription() {
                @Override
                public void hear(AudioFrame frame) {}

                @Override
                public void utteranceStarted(long position) {}

                @Override
                public void utteranceEnded(long position) {}

                @Override
                public void close() {
                    openTranscriptions--;
                }
            };
        }
    }

    private final class Marking implements Translator {
        @Override
        public String name() {
            return "marking";
        }

        @Override
        public boolean translates(Language from, Language to) {
            return true;
        }

        @Override
        public String translate(TranslationRequest request) throws SpeechException {
            translatedCharacters += request.text().length();
            fail();
            translations.add(request.text());
            return "x".repeat(translations.size());
        }
    }

    private final class Sounds implements Synthesizer {
        @Override
        public String name() {
            return "sounds";
        }

        @Override
        public boolean speaks(Language language) {
            return true;
        }

        @Override
        public void synthesize(SynthesisRequest request, PcmSink out) throws SpeechException {
            if (slow.resuming()) {
                return;
            }
            String said = translations.get(request.text().length() - 1);
            voicedCharacters += said.length();
            voicings.add(said);
            var sound = new short[160 + chance.nextInt(800)];
            Arrays.fill(sound, (short) voicings.size());
            fail();
            List<Runnable> pieces = new ArrayList<>();
            for (int n = 1 + chance.nextInt(4); n > 0; n--) {
                pieces.add(() -> out.accept(sound.clone()));
            }
            throw new SlowEngines.GoesOn(pieces);
        }
    }
}
