package io.sandalphone.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.Sound;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.UtteranceRecognizer;
import io.sandalphone.speech.resilience.Resilience;
import io.sandalphone.speech.segment.UtterancesOnly;
import io.sandalphone.speech.text.protect.ProtectedTranslator;
import io.sandalphone.speech.text.protect.ProtectionMeters;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Engines of a [Rehearsal]: every utterance is one sentence, whose words backwards are its translation, which is
/// spoken as half a second of a tone. Thread-safe.
final class RehearsedEngines {
    private static final String NAME = "rehearsal";
    private static final short[] VOICE = RehearsedPhone.voice(AudioFrame.TELEPHONE_RATE / 2);

    private final CountDownLatch spoken;

    /// `utterances` is how many are to be spoken.
    RehearsedEngines(int utterances) {
        spoken = new CountDownLatch(utterances);
    }

    /// Counts down with each utterance that was spoken.
    CountDownLatch spoken() {
        return spoken;
    }

    SpeechEngines engines(Settings settings, MeterRegistry meters) {
        var resilience = new Resilience(settings.speech().resilience(), meters);
        var translator =
                new ProtectedTranslator(
                        new Parrot(), settings.glossary(), ProtectionMeters.register(meters));
        // No limits of time around these two: code that runs for the first time on a busy machine
        // does
        // not keep them, and is to be run all the same.
        return new SpeechEngines(
                resilience.transcriber(List.of(new Ears())),
                translator,
                new Mouth(),
                Optional.empty());
    }

    /// What `real` thinks is reckoned, and what counts is whether there is a sound at all: that nobody
    /// speaks here is just what `real` would find.
    static VoiceDetector convinced(VoiceDetector real) {
        return new VoiceDetector() {
            @Override
            public boolean speech(AudioFrame frame) {
                var _ = real.speech(frame);
                return isLoud(frame);
            }

            @Override
            public Sound judge(AudioFrame frame) {
                var _ = real.judge(frame);
                return isLoud(frame) ? Sound.SPEECH : Sound.SILENCE;
            }

            @Override
            public void close() {
                real.close();
            }
        };
    }

    private static String sentence(Language language) {
        return language.sameAs(new Language("en"))
                ? "we can meet near the station tomorrow"
                : "mi hermana vive cerca del mercado";
    }

    private static boolean isLoud(AudioFrame frame) {
        for (short sample : frame.pcm()) {
            if (sample > 1000) {
                return true;
            }
        }
        return false;
    }

    private static final class Ears implements Transcriber {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public boolean understands(Language language) {
            return true;
        }

        @Override
        public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
            answer(listener::onReady);
            return new UtterancesOnly(
                    new UtteranceRecognizer() {
                        private long start = -1;

                        @Override
                        public void hear(AudioFrame frame) {
                            if (start < 0) {
                                start = frame.position();
                            }
                        }

                        @Override
                        public void utteranceEnded(long position) {
                            long from = start < 0 ? position : start;
                            start = -1;
                            answer(
                                    () ->
                                            listener.onTranscript(
                                                    new TranscriptEvent.Final(
                                                            sentence(request.language()),
                                                            from,
                                                            position,
                                                            Optional.empty())));
                        }

                        @Override
                        public void close() {}
                    });
        }

        // One by one, and never within the call that caused it.
        private static void answer(Runnable told) {
            Thread.ofVirtual().name("rehearsal-ears").start(told);
        }
    }

    private static final class Parrot implements Translator {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public boolean translates(Language from, Language to) {
            return true;
        }

        @Override
        public String translate(TranslationRequest request) {
            // What is spoken must not be what the other one says, which would be taken for its
            // echo.
            List<String> words = Arrays.asList(request.text().split(" ", -1));
            return String.join(" ", words.reversed());
        }
    }

    private final class Mouth implements Synthesizer {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public boolean speaks(Language language) {
            return true;
        }

        @Override
        public void synthesize(SynthesisRequest request, PcmSink out) {
            out.accept(VOICE.clone());
            spoken.countDown();
        }
    }
}
