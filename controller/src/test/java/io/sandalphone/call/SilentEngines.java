package io.sandalphone.call;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.bus.VoiceOverSettings;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Transcriber;
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
import io.sandalphone.time.NanoClock;
import io.sandalphone.translate.Announcements;
import io.sandalphone.translate.CommitMode;
import io.sandalphone.translate.FaultMeters;
import io.sandalphone.translate.InterpretationHealth;
import io.sandalphone.translate.InterpreterDependencies;
import io.sandalphone.translate.LagSettings;
import io.sandalphone.translate.LaneMeters;
import io.sandalphone.translate.LaneSettings;
import io.sandalphone.translate.SpeculationSettings;
import io.sandalphone.translate.TranscriptFilterMeters;

import java.time.Duration;
import java.util.Optional;

/// Engines for calls in which nothing is said.
final class SilentEngines {
    private SilentEngines() {}

    static InterpreterDependencies dependencies(
            Transcriber ears, NanoClock clock, MeterRegistry registry) {
        return new InterpreterDependencies(
                new SpeechEngines(ears, new Silent(), new Mute(), Optional.empty()),
                new LaneSettings(
                        CommitMode.CLAUSE,
                        SpeculationSettings.NONE,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        new LagSettings(Duration.ofSeconds(8), 1.25),
                        VoiceOverSettings.USUAL),
                UtteranceSettings.TELEPHONE,
                Deaf::new,
                Glossary.EMPTY,
                new InterpretationHealth(FaultMeters.register(registry), clock),
                LaneMeters.register(registry),
                UtteranceMeters.register(registry),
                LevelMeters.register(registry),
                TranscriptFilterMeters.register(registry),
                Announcements.none());
    }

    /// Hears nothing, for as long as a test says.
    static final class Ears implements Transcriber {
        int open;
        private Usage usage = Usage.UNMETERED;

        void listenFor(Duration time) {
            usage.listened("ears", time);
        }

        @Override
        public String name() {
            return "ears";
        }

        @Override
        public boolean understands(Language language) {
            return true;
        }

        @Override
        public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
            usage = request.usage();
            open++;
            return new Transcription() {
                @Override
                public void hear(AudioFrame frame) {}

                @Override
                public void utteranceStarted(long position) {}

                @Override
                public void utteranceEnded(long position) {}

                @Override
                public void close() {
                    open--;
                }
            };
        }
    }

    static final class Silent implements Translator {
        @Override
        public String name() {
            return "silent";
        }

        @Override
        public boolean translates(Language from, Language to) {
            return true;
        }

        @Override
        public String translate(TranslationRequest request) {
            return "";
        }
    }

    static final class Mute implements Synthesizer {
        @Override
        public String name() {
            return "mute";
        }

        @Override
        public boolean speaks(Language language) {
            return true;
        }

        @Override
        public void synthesize(SynthesisRequest request, PcmSink out) {}
    }

    static final class Deaf implements VoiceDetector {
        @Override
        public boolean speech(AudioFrame frame) {
            return false;
        }

        @Override
        public void close() {}
    }
}
