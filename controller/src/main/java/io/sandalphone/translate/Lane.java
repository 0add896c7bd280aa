package io.sandalphone.translate;

import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.bus.VoiceOver;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.segment.CommitAtUtteranceEnd;
import io.sandalphone.speech.segment.CommitPolicy;
import io.sandalphone.speech.segment.Utterance;
import io.sandalphone.speech.segment.UtteranceDetector;
import io.sandalphone.speech.segment.UtteranceListener;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One direction of interpretation: hears one party, speaks to the other alone. The path, in the
/// order in which sound travels it, is assembled in the constructor and printed by [#describe].
///
/// Runs on the call's loop.
final class Lane implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private static final int CONTEXT = 3;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private final InterpreterKit kit;
    private final String callId;
    private final Loop loop;
    private final Party speaker;
    private final Language from;
    private final Language to;
    private final Usage usage;
    private final ProgressListener listener;
    private final LegAudio ear;
    private final VoiceDetector voice;
    private final UtteranceDetector utterances;
    private final CommitPolicy commits = new CommitAtUtteranceEnd();
    private final VoiceOver voiceOver;
    private final SpeakerClock clock = new SpeakerClock();
    private final Map<Phrase, Interpretation> underWay = new HashMap<>();
    private final Deque<String> context = new ArrayDeque<>();
    private @Nullable Transcription transcription;
    private Loop.Timer reopening = () -> {};
    private Duration retry = FIRST_RETRY;
    private boolean closed;

    /// Hears `speaker`, and speaks to the other one.
    Lane(InterpreterKit kit, Conversation conversation, Party speaker, ProgressListener listener) {
        this.kit = kit;
        this.speaker = speaker;
        this.listener = listener;
        callId = conversation.callId();
        loop = conversation.loop();
        from = conversation.language(speaker);
        to = conversation.language(speaker.other());
        usage = conversation.usage();
        ear = conversation.audio(speaker);
        voice = kit.voiceDetectors().get();
        utterances = new UtteranceDetector(kit.utterances(), kit.utteranceMeters(), new Speech());
        voiceOver = new VoiceOver(loop, conversation.audio(speaker.other()), ear, new Sounding());
    }

    /// The stages of the path.
    String describe() {
        return "[%s %s > voice detector > utterances > %s > %s > %s > voice-over %s %s]"
                .formatted(
                        speaker,
                        from,
                        kit.engines().transcriber().name(),
                        kit.engines().translator().name(),
                        kit.engines().synthesizer().name(),
                        speaker.other(),
                        to);
    }

    void start() {
        openTranscription();
        ear.hear(this::hear);
    }

    @Override
    public void close() {
        closed = true;
        reopening.cancel();
        underWay.values().forEach(Interpretation::cancel);
        underWay.clear();
        voiceOver.close();
        if (transcription != null) {
            transcription.close();
            transcription = null;
        }
        voice.close();
    }

    private void hear(AudioFrame frame) {
        if (!closed) {
            clock.heard(frame, loop.epochMillis());
            utterances.accept(frame, voice.speech(frame));
            if (transcription != null) {
                transcription.hear(frame);
            }
        }
    }

    /// What the utterance detector finds goes to the recognizer.
    private final class Speech implements UtteranceListener {
        @Override
        public void started(long position) {
            if (transcription != null) {
                transcription.utteranceStarted(position);
            }
        }

        @Override
        public void ended(long position) {
            if (transcription != null) {
                transcription.utteranceEnded(position);
            }
        }
    }

    private void openTranscription() {
        var request = new TranscriptionRequest(from, to, List.of(), usage);
        transcription = kit.engines().transcriber().open(request, new Words());
    }

    /// What the recognizer says, brought home to the loop.
    private final class Words implements TranscriptListener {
        @Override
        public void onReady() {}

        @Override
        public void onTranscript(TranscriptEvent event) {
            loop.execute(() -> heard(event));
        }

        @Override
        public void onFailure(SpeechException failure) {
            loop.execute(() -> lost(failure));
        }
    }

    private void heard(TranscriptEvent event) {
        if (closed) {
            return;
        }
        retry = FIRST_RETRY;
        if (event instanceof TranscriptEvent.Nothing) {
            kit.meters().wordless().increment();
        }
        commits.commit(event).forEach(this::interpret);
    }

    private void lost(SpeechException failure) {
        if (closed) {
            return;
        }
        kit.meters().recognitionFailed().increment();
        log.atWarn()
                .addKeyValue("call", callId)
                .addKeyValue("speaker", speaker)
                .addKeyValue("retry", retry)
                .setCause(failure)
                .log("recognition lost, tried again later");
        transcription = null;
        reopening = loop.schedule(retry, this::openTranscription);
        Duration doubled = retry.multipliedBy(2);
        retry = doubled.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : doubled;
    }

    private void interpret(Utterance utterance) {
        if (voiceOver.track().waiting() >= kit.settings().mostWaiting()) {
            kit.meters().dropped().increment();
            return;
        }
        Phrase phrase = voiceOver.track().reserve();
        var progress =
                new Progress(
                        speaker,
                        Math.toIntExact(utterance.number()),
                        from,
                        to,
                        utterance.text(),
                        null,
                        clock.epochMillis(utterance.startPosition()),
                        clock.epochMillis(utterance.endPosition()),
                        loop.epochMillis(),
                        null,
                        null);
        var interpretation =
                new Interpretation(kit, callId, loop, usage, listener, phrase, progress);
        underWay.put(phrase, interpretation);
        interpretation.start(List.copyOf(context));
        remember(utterance.text());
    }

    private void remember(String said) {
        context.addLast(said);
        if (context.size() > CONTEXT) {
            context.removeFirst();
        }
    }

    private final class Sounding implements VoiceOver.Listener {
        @Override
        public void started(Phrase phrase) {
            Interpretation interpretation = underWay.get(phrase);
            if (interpretation != null) {
                interpretation.sounding();
            }
        }

        @Override
        public void ended(Phrase phrase) {
            Interpretation interpretation = underWay.remove(phrase);
            if (interpretation != null && phrase.completed()) {
                interpretation.sounded();
            }
        }
    }
}
