package io.sandalphone.translate;

import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.bus.VoiceOver;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// A lane through one engine that takes speech and gives speech.
///
/// Runs on the call's loop.
final class DirectLane implements Lane {
    private final InterpreterKit kit;
    private final DirectInterpreter engine;
    private final Loop loop;
    private final Party speaker;
    private final Language from;
    private final Language to;
    private final Usage usage;
    private final InterpreterListener listener;
    private final Hearing hearing;
    private final VoiceOver voiceOver;
    private final Outage outage;
    private final EchoGuard voiced;
    private final Map<Phrase, Progress> underWay = new HashMap<>();
    private int utterances;
    private @Nullable Phrase speaking;

    /// Hears `speaker`, and speaks to the other one.
    DirectLane(
            InterpreterKit kit,
            Conversation conversation,
            Party speaker,
            Echoes echoes,
            InterpreterListener listener,
            DirectInterpreter engine) {
        this.kit = kit;
        this.engine = engine;
        this.speaker = speaker;
        this.listener = listener;
        loop = conversation.loop();
        from = conversation.language(speaker);
        to = conversation.language(speaker.other());
        usage = conversation.usage();
        hearing = new Hearing(kit, conversation, speaker, this::listen);
        voiceOver =
                new VoiceOver(
                        loop,
                        conversation.audio(speaker.other()),
                        conversation.audio(speaker),
                        new Sounding());
        outage = new Outage(speaker, listener);
        voiced = echoes.of(speaker.other());
    }

    @Override
    public String describe() {
        return "[%s %s > voice detector > utterances > %s > voice-over %s %s]"
                .formatted(speaker, from, engine.name(), speaker.other(), to);
    }

    @Override
    public void start() {
        hearing.start();
    }

    @Override
    public void close() {
        hearing.close();
        dropAll();
    }

    private Transcription listen() {
        return engine.open(
                new TranscriptionRequest(from, to, kit.glossary().keyTerms(from), usage),
                new Words());
    }

    /// What the engine says, brought home to the loop.
    private final class Words implements DirectInterpreter.Listener {
        @Override
        public void onReady() {
            hearing.atHome(() -> outage.back(Stage.DIRECT));
        }

        @Override
        public void onUtterance(String said, String translated, long start, long end) {
            hearing.atHome(() -> begin(said, translated, start, end));
        }

        @Override
        public void onAudio(short[] pcm) {
            hearing.atHome(
                    () -> {
                        if (speaking != null) {
                            speaking.append(pcm);
                        }
                    });
        }

        @Override
        public void onUtteranceSpoken() {
            hearing.atHome(
                    () -> {
                        if (speaking != null) {
                            speaking.finish();
                            speaking = null;
                        }
                    });
        }

        @Override
        public void onFailure(SpeechException failure) {
            hearing.atHome(() -> lost(failure));
        }
    }

    private void begin(String said, String translated, long start, long end) {
        hearing.alive();
        SpeakerClock clock = hearing.clock();
        var progress =
                Progress.committed(
                        speaker,
                        ++utterances,
                        from,
                        to,
                        said,
                        clock.epochMillis(start),
                        clock.epochMillis(end),
                        loop.epochMillis());
        listener.progressed(progress);
        if (voiceOver.track().waiting() >= kit.settings().mostWaiting()) {
            kit.meters().dropped().increment();
            return;
        }
        speaking = voiceOver.track().reserve();
        tell(speaking, progress.translated(translated));
    }

    private void lost(SpeechException failure) {
        kit.meters().recognitionFailed().increment();
        kit.meters().dropped().increment(underWay.size());
        hearing.lost(failure);
        dropAll();
        outage.lost(Stage.DIRECT);
    }

    private void dropAll() {
        underWay.clear();
        speaking = null;
        voiceOver.silence();
    }

    private void tell(Phrase phrase, Progress progress) {
        underWay.put(phrase, progress);
        listener.progressed(progress);
    }

    private final class Sounding implements VoiceOver.Listener {
        @Override
        public void started(Phrase phrase) {
            Progress progress = underWay.get(phrase);
            if (progress != null) {
                long now = loop.epochMillis();
                kit.meters().firstAudio(now - progress.speechEnd());
                voiced.started(Objects.requireNonNull(progress.translated()), now);
                tell(phrase, progress.sounding(now));
            }
        }

        @Override
        public void ended(Phrase phrase) {
            voiced.ended(loop.epochMillis());
            Progress progress = underWay.remove(phrase);
            if (progress != null && phrase.completed()) {
                kit.meters().spoken().increment();
                listener.progressed(progress.sounded(loop.epochMillis()));
            }
        }
    }
}
