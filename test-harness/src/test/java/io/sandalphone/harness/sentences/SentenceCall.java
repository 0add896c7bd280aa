package io.sandalphone.harness.sentences;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.bus.VoiceOverSettings;
import io.sandalphone.harness.loop.SimulatedLoop;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
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
import io.sandalphone.speech.text.protect.ProtectedTranslator;
import io.sandalphone.speech.text.protect.ProtectionMeters;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.translate.Announcements;
import io.sandalphone.translate.Availability;
import io.sandalphone.translate.CommitMode;
import io.sandalphone.translate.Conversation;
import io.sandalphone.translate.FaultMeters;
import io.sandalphone.translate.InterpretationHealth;
import io.sandalphone.translate.Interpreter;
import io.sandalphone.translate.InterpreterDependencies;
import io.sandalphone.translate.InterpreterListener;
import io.sandalphone.translate.LagSettings;
import io.sandalphone.translate.LaneMeters;
import io.sandalphone.translate.LaneSettings;
import io.sandalphone.translate.Progress;
import io.sandalphone.translate.SpeculationSettings;
import io.sandalphone.translate.TranscriptFilterMeters;
import io.sandalphone.translate.UtteranceNumbers;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A call of one sentence, by a call's own classes from the transcript to what the voice is told, in time
/// that passes as it is told. Its voice is noise, each phrase another.
final class SentenceCall implements AutoCloseable {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final Duration TICK = Duration.ofMillis(AudioFrame.MILLIS);

    /// What the other says, of which the translation is what the speaker's telephone is sent.
    private static final String PROMPT = "prompt";

    private static final int ECHO_FRAMES = 100;
    private static final int ANSWER_FRAMES = 80;
    private static final int ECHO_LATE_FRAMES = 6;
    private static final int VOICE_FRAMES = 80;
    private static final double LEVEL = 2500;
    private static final double ECHO_SOFTER = 0.1;

    private final SimulatedLoop loop = new SimulatedLoop();
    private final Sound speaker = new Sound();
    private final Sound other = new Sound();
    private final List<TranscriptListener> recognizers = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Progress> progress = new ArrayList<>();
    private final Map<String, String> answers;
    private String previous = "";
    private final Random random = new Random(20_261_129);
    private final Interpreter interpreter;

    /// What came of the sentence.
    ///
    /// @param asked what the translator was asked first; empty for nothing
    /// @param voiced the translation that sounded to its end; empty for none
    /// @param told what the voice was given; empty for nothing
    record Outcome(String asked, String voiced, String told) {}

    /// `from` is spoken by who says the sentence, `to` by the other; the translator answers as `answers`
    /// say and fails where they say nothing.
    SentenceCall(Language from, Language to, Map<String, String> answers) {
        this.answers = answers;
        var meters = new SimpleMeterRegistry();
        Glossary glossary = new Glossary(List.of(), List.of());
        var dependencies =
                new InterpreterDependencies(
                        new SpeechEngines(
                                new Recognizer(),
                                new Prompting(
                                        new ProtectedTranslator(
                                                new Answers(),
                                                glossary,
                                                ProtectionMeters.register(meters))),
                                new Voice(),
                                Optional.empty()),
                        new LaneSettings(
                                CommitMode.CLAUSE,
                                SpeculationSettings.NONE,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(2),
                                new LagSettings(Duration.ofSeconds(8), 1.25),
                                VoiceOverSettings.USUAL),
                        UtteranceSettings.TELEPHONE,
                        Loud::new,
                        glossary,
                        new InterpretationHealth(FaultMeters.register(meters), loop),
                        LaneMeters.register(meters),
                        UtteranceMeters.register(meters),
                        LevelMeters.register(meters),
                        TranscriptFilterMeters.register(meters),
                        Announcements.none());
        interpreter =
                Interpreter.start(
                        dependencies,
                        new Conversation(
                                "sentence",
                                loop,
                                speaker,
                                other,
                                from,
                                to,
                                /* relay= */ true,
                                Usage.UNMETERED,
                                new UtteranceNumbers(),
                                EnumSet.noneOf(Party.class)),
                        new InterpreterListener() {
                            @Override
                            public void progressed(Progress step) {
                                progress.add(step);
                            }

                            @Override
                            public void availability(Availability changed) {}
                        });
    }

    /// The speaker says something of which the recognizer makes `text`, in a language that it noticed or
    /// did not.
    Outcome say(String text, Optional<Language> noticed) {
        long start = speaker.position;
        for (int frame = 0; frame < ANSWER_FRAMES; frame++) {
            pass(noise(1));
        }
        return recognised(text, noticed, start);
    }

    /// `sent` is voiced to the speaker, whose telephone sends it back; they say something behind it, and
    /// the recognizer makes `text` of the two.
    Outcome sayBehindEcho(String sent, String text, Optional<Language> noticed) {
        previous = sent;
        recognizers
                .getLast()
                .onTranscript(new TranscriptEvent.Final(PROMPT, 0, FRAME, Optional.empty()));
        loop.advance(Duration.ZERO);
        told.clear();
        long start = speaker.position;
        Deque<short[]> echo =
                new ArrayDeque<>(Collections.nCopies(ECHO_LATE_FRAMES, new short[FRAME]));
        for (int frame = 0; frame < ECHO_FRAMES + ANSWER_FRAMES; frame++) {
            echo.addLast(speaker.play());
            short[] heard = frame < ECHO_FRAMES ? new short[FRAME] : noise(1);
            short[] comingBack = echo.removeFirst();
            for (int i = 0; i < FRAME; i++) {
                heard[i] += (short) Math.round(ECHO_SOFTER * comingBack[i]);
            }
            pass(heard);
        }
        return recognised(text, noticed, start);
    }

    private Outcome recognised(String text, Optional<Language> noticed, long start) {
        recognizers
                .getFirst()
                .onTranscript(new TranscriptEvent.Final(text, start, speaker.position, noticed));
        for (int frame = 0; frame < 2 * VOICE_FRAMES; frame++) {
            loop.advance(TICK);
            other.play();
        }
        return new Outcome(
                asked.isEmpty() ? "" : asked.getFirst(),
                progress.stream()
                        .filter(step -> step.speaker() == Party.CALLER && step.audioEnd() != null)
                        .map(step -> Optional.ofNullable(step.translated()).orElseThrow())
                        .findFirst()
                        .orElse(""),
                told.isEmpty() ? "" : told.getFirst());
    }

    private void pass(short[] pcm) {
        speaker.say(pcm);
        loop.advance(TICK);
    }

    private short[] noise(int frames) {
        var pcm = new short[frames * FRAME];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (LEVEL * Math.max(-3, Math.min(3, random.nextGaussian())));
        }
        return pcm;
    }

    @Override
    public void close() {
        interpreter.close();
    }

    /// One leg: what its party says goes in, what is spoken to them is played when the test says so.
    private static final class Sound implements LegAudio {
        private FrameSink ears = _ -> {};
        private @Nullable FrameSource mouth;
        private Runnable drained = () -> {};
        private long position;

        @Override
        public void hear(FrameSink to) {
            ears = to;
        }

        @Override
        public void speak(FrameSource from, Runnable whenDrained) {
            if (mouth == null) {
                mouth = from;
                drained = whenDrained;
            }
        }

        @Override
        public void stop() {
            mouth = null;
        }

        @Override
        public void duck(double decibels) {}

        @Override
        public void restore() {}

        void say(short[] pcm) {
            var frame = new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position);
            position = frame.end();
            ears.accept(frame);
        }

        /// The next 20 ms of what is spoken to the party, or silence.
        short[] play() {
            FrameSource source = mouth;
            AudioFrame frame = source == null ? null : source.poll();
            if (source != null && frame == null) {
                mouth = null;
                drained.run();
            }
            return frame == null ? new short[FRAME] : frame.pcm();
        }
    }

    /// What is no silence is speech.
    private static final class Loud implements VoiceDetector {
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

    /// Says what the test says it does.
    private final class Recognizer implements Transcriber {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public boolean understands(Language language) {
            return true;
        }

        @Override
        public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
            recognizers.add(listener);
            return new Transcription() {
                @Override
                public void hear(AudioFrame frame) {}

                @Override
                public void utteranceStarted(long position) {}

                @Override
                public void utteranceEnded(long position) {}

                @Override
                public void close() {}
            };
        }
    }

    /// Turns [#PROMPT] into what is to be sent to the speaker, which no check of values is about.
    private final class Prompting implements Translator {
        private final Translator translator;

        Prompting(Translator translator) {
            this.translator = translator;
        }

        @Override
        public String name() {
            return translator.name();
        }

        @Override
        public boolean translates(Language from, Language to) {
            return translator.translates(from, to);
        }

        @Override
        public String translate(TranslationRequest request)
                throws SpeechException, InterruptedException {
            return request.text().equals(PROMPT) ? previous : translator.translate(request);
        }
    }

    private final class Answers implements Translator {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public boolean translates(Language from, Language to) {
            return true;
        }

        @Override
        public String translate(TranslationRequest request) throws SpeechException {
            asked.add(request.text());
            String answer = answers.get(request.text());
            if (answer == null) {
                throw new SpeechException(SpeechException.Kind.REQUEST, "no answer is known");
            }
            return answer;
        }
    }

    private final class Voice implements Synthesizer {
        @Override
        public String name() {
            return "noise";
        }

        @Override
        public boolean speaks(Language language) {
            return true;
        }

        @Override
        public void synthesize(SynthesisRequest request, PcmSink out) {
            told.add(request.text());
            out.accept(noise(VOICE_FRAMES));
        }
    }
}
