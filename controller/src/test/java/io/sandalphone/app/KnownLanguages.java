package io.sandalphone.app;

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

import java.util.Optional;
import java.util.Set;

/// Engines that say which languages they know, and are asked for nothing else: they translate from each into each. The voice is
/// `nova` in every one.
final class KnownLanguages {
    private KnownLanguages() {}

    /// Those that hear and speak these, as base languages.
    static SpeechEngines engines(Set<String> heard, Set<String> spoken) {
        return new SpeechEngines(new Ears(heard), new Words(), new Voice(spoken), Optional.empty());
    }

    private record Ears(Set<String> heard) implements Transcriber {
        @Override
        public String name() {
            return "ears";
        }

        @Override
        public boolean understands(Language language) {
            return heard.contains(language.base());
        }

        @Override
        public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
            throw new AssertionError("nobody speaks");
        }
    }

    private static final class Words implements Translator {
        @Override
        public String name() {
            return "words";
        }

        @Override
        public boolean translates(Language from, Language to) {
            return true;
        }

        @Override
        public String translate(TranslationRequest request) {
            throw new AssertionError("nobody speaks");
        }
    }

    private record Voice(Set<String> spoken) implements Synthesizer {
        @Override
        public String name() {
            return "voice";
        }

        @Override
        public boolean speaks(Language language) {
            return spoken.contains(language.base());
        }

        @Override
        public Optional<String> insteadOf(String voice, Language language) {
            return voice.equals("nova") ? Optional.empty() : Optional.of("nova");
        }

        @Override
        public void synthesize(SynthesisRequest request, PcmSink out) {
            throw new AssertionError("nobody speaks");
        }
    }
}
