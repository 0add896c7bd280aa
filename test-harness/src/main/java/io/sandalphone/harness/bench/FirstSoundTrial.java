package io.sandalphone.harness.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.bus.VoiceOverSettings;
import io.sandalphone.harness.loop.EventLoop;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.SoundClassifier;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.input.LevelMeters;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.speech.text.protect.ProtectedTranslator;
import io.sandalphone.speech.text.protect.ProtectionMeters;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VertxLoop;
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
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A call in which one person says short phrases, each when the translation of the one before has sounded.
final class FirstSoundTrial {
    /// Said before anything is measured.
    private static final int WARM_UP = 4;

    /// As in production.
    private static final int THRESHOLD = 64;

    private static final long FRAME_NANOS = 20_000_000;
    private static final long NANOS_PER_SAMPLE = 1_000_000_000 / AudioFrame.TELEPHONE_RATE;

    /// A phrase whose translation was not heard by then has none: 8 s of frames.
    private static final int MOST_FRAMES = 400;

    /// Behind the end of a translation, for what else may come: 0.8 s.
    private static final int REST_FRAMES = 40;

    private static final Duration STARTING = Duration.ofMinutes(2);

    private final EventLoop loop;
    private final TimedLeg speaker;
    private final TimedLeg listener;
    private final SpeechEngines engines;
    private final Language from;
    private final Language to;

    // All on the loop.
    private long endedNanos;
    private volatile long wordsNanos;
    private long translatedNanos;
    private final List<String> understood = new ArrayList<>();

    FirstSoundTrial(Vertx vertx, SpeechEngines engines, Language from, Language to) {
        this.engines = engines;
        this.from = from;
        this.to = to;
        var context = ((VertxInternal) vertx).createEventLoopContext();
        loop = new EventLoop(context);
        var own = new VertxLoop(vertx, context);
        speaker = new TimedLeg(own);
        listener = new TimedLeg(own);
    }

    /// Says them one after the other, after a few of them for warming up.
    List<FirstSound> say(List<SaidPhrase> phrases) throws InterruptedException {
        long start = System.nanoTime();
        while (engines.transcriber().unavailableReason().isPresent()) {
            if (System.nanoTime() - start > STARTING.toNanos()) {
                throw new IllegalStateException(
                        engines.transcriber().unavailableReason().orElse(""));
            }
            Thread.sleep(100);
        }
        Interpreter interpreter = loop.call(this::interpret);
        List<FirstSound> heard = new ArrayList<>();
        for (int i = -WARM_UP; i < phrases.size(); i++) {
            FirstSound sound = say(phrases.get(Math.floorMod(i, phrases.size())));
            if (i >= 0) {
                heard.add(sound);
            }
        }
        loop.run(interpreter::close);
        return heard;
    }

    private FirstSound say(SaidPhrase phrase) {
        loop.run(
                () -> {
                    endedNanos = 0;
                    wordsNanos = 0;
                    translatedNanos = 0;
                    understood.clear();
                    listener.forget();
                    speaker.say(phrase.pcm());
                });
        long start = System.nanoTime();
        int rest = 0;
        for (int frame = 1; frame <= MOST_FRAMES && rest < REST_FRAMES; frame++) {
            long due = start + frame * FRAME_NANOS;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            boolean over =
                    loop.call(
                            () -> {
                                speaker.tick();
                                listener.tick();
                                return speaker.silent()
                                        && listener.firstSound().isPresent()
                                        && !listener.sounding();
                            });
            rest = over ? rest + 1 : 0;
        }
        long end = start + phrase.end() * NANOS_PER_SAMPLE;
        return loop.call(
                () ->
                        new FirstSound(
                                phrase.text(),
                                String.join(" | ", understood),
                                understood.size(),
                                millis(endedNanos, end),
                                millis(wordsNanos, end),
                                millis(translatedNanos, end),
                                millis(listener.firstSound().orElse(0), end)));
    }

    private static double millis(long nanos, long end) {
        return nanos == 0 ? Double.NaN : (nanos - end) / 1e6;
    }

    private Interpreter interpret() {
        var meters = new SimpleMeterRegistry();
        var dependencies =
                new InterpreterDependencies(
                        new SpeechEngines(
                                new Timed(engines.transcriber()),
                                new ProtectedTranslator(
                                        engines.translator(),
                                        Glossary.EMPTY,
                                        ProtectionMeters.register(meters)),
                                engines.synthesizer(),
                                Optional.empty()),
                        new LaneSettings(
                                CommitMode.CLAUSE,
                                new SpeculationSettings(true, 1.6, 1.25),
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(2),
                                new LagSettings(Duration.ofSeconds(8), 1.25),
                                VoiceOverSettings.USUAL),
                        UtteranceSettings.TELEPHONE,
                        () ->
                                new SoundClassifier(
                                        THRESHOLD,
                                        WebRtcVoiceDetector.open(
                                                WebRtcVoiceDetector.Mode.AGGRESSIVE)),
                        Glossary.EMPTY,
                        new InterpretationHealth(FaultMeters.register(meters), System::nanoTime),
                        LaneMeters.register(meters),
                        UtteranceMeters.register(meters),
                        LevelMeters.register(meters),
                        TranscriptFilterMeters.register(meters),
                        Announcements.none());
        return Interpreter.start(
                dependencies,
                new Conversation(
                        "first-sound",
                        new VertxLoop(loop.context().owner(), loop.context()),
                        speaker,
                        listener,
                        from,
                        to,
                        /* relay= */ false,
                        Usage.UNMETERED,
                        new UtteranceNumbers(),
                        EnumSet.noneOf(Party.class)),
                new InterpreterListener() {
                    @Override
                    public void progressed(Progress step) {
                        if (step.translated() == null) {
                            understood.add(step.said());
                        } else if (step.firstAudio() == null) {
                            translatedNanos = System.nanoTime();
                        }
                    }

                    @Override
                    public void availability(Availability changed) {}
                });
    }

    /// The recognizer, of which it is noted when an utterance ended and when its words were there.
    private final class Timed implements Transcriber {
        private final Transcriber inner;

        Timed(Transcriber inner) {
            this.inner = inner;
        }

        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public Optional<String> unavailableReason() {
            return inner.unavailableReason();
        }

        @Override
        public boolean understands(Language language) {
            return inner.understands(language);
        }

        @Override
        public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
            Transcription session =
                    inner.open(
                            request,
                            new TranscriptListener() {
                                @Override
                                public void onReady() {
                                    listener.onReady();
                                }

                                @Override
                                public void onTranscript(TranscriptEvent event) {
                                    if (!(event instanceof TranscriptEvent.Partial)) {
                                        wordsNanos = System.nanoTime();
                                    }
                                    listener.onTranscript(event);
                                }

                                @Override
                                public void onFailure(SpeechException failure) {
                                    listener.onFailure(failure);
                                }
                            });
            return new Transcription() {
                @Override
                public void hear(AudioFrame frame) {
                    session.hear(frame);
                }

                @Override
                public void utteranceStarted(long position) {
                    session.utteranceStarted(position);
                }

                @Override
                public void utterancePaused(long position) {
                    session.utterancePaused(position);
                }

                @Override
                public void utteranceEnded(long position) {
                    endedNanos = System.nanoTime();
                    session.utteranceEnded(position);
                }

                @Override
                public void close() {
                    session.close();
                }
            };
        }

        @Override
        public void close() {}
    }
}
