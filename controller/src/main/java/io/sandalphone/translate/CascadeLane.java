package io.sandalphone.translate;

import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.bus.VoiceOver;
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
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A lane through words: recognition, translation, synthesis. The path, in the order in which sound
/// travels it, is assembled in the constructor and printed by [#describe].
///
/// Runs on the call's loop.
final class CascadeLane implements Lane {
    private static final int CONTEXT = 3;

    private final InterpreterKit kit;
    private final String callId;
    private final Loop loop;
    private final Party speaker;
    private final Language from;
    private final Language to;
    private final Usage usage;
    private final InterpreterListener listener;
    private final Hearing hearing;
    private final Sieve sieve;
    private final EchoGuard voiced;
    private final CommitPolicy commits = new CommitAtUtteranceEnd();
    private final VoiceOver voiceOver;
    private final Outage outage;
    private final Map<Phrase, Interpretation> underWay = new HashMap<>();
    private final Deque<String> context = new ArrayDeque<>();

    /// Hears `speaker`, and speaks to the other one.
    CascadeLane(
            InterpreterKit kit,
            Conversation conversation,
            Party speaker,
            Echoes echoes,
            InterpreterListener listener) {
        this.kit = kit;
        this.speaker = speaker;
        this.listener = listener;
        callId = conversation.callId();
        loop = conversation.loop();
        from = conversation.language(speaker);
        to = conversation.language(speaker.other());
        usage = conversation.usage();
        hearing = new Hearing(kit, conversation, speaker, this::listen);
        sieve = new Sieve(from, to, echoes.of(speaker), hearing.clock(), kit.textMeters());
        voiced = echoes.of(speaker.other());
        voiceOver =
                new VoiceOver(
                        loop,
                        conversation.audio(speaker.other()),
                        conversation.audio(speaker),
                        new Sounding());
        outage = new Outage(speaker, listener);
    }

    @Override
    public String describe() {
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
        var request = new TranscriptionRequest(from, to, kit.glossary().keyTerms(from), usage);
        return kit.engines().transcriber().open(request, new Words());
    }

    /// What the recognizer says, brought home to the loop.
    private final class Words implements TranscriptListener {
        @Override
        public void onReady() {
            hearing.atHome(() -> outage.back(Stage.RECOGNITION));
        }

        @Override
        public void onTranscript(TranscriptEvent event) {
            hearing.atHome(() -> heard(event));
        }

        @Override
        public void onFailure(SpeechException failure) {
            hearing.atHome(
                    () -> {
                        kit.meters().recognitionFailed().increment();
                        hearing.lost(failure);
                        lost(Stage.RECOGNITION);
                    });
        }
    }

    private void heard(TranscriptEvent event) {
        hearing.alive();
        switch (event) {
            case TranscriptEvent.Final words -> sieve.admit(words).ifPresent(this::commit);
            case TranscriptEvent.Partial partial -> commit(partial);
            case TranscriptEvent.Nothing nothing -> {
                kit.meters().wordless().increment();
                commit(nothing);
            }
        }
    }

    private void commit(TranscriptEvent event) {
        commits.commit(event).forEach(this::interpret);
    }

    private void interpret(Utterance utterance) {
        if (voiceOver.track().waiting() >= kit.settings().mostWaiting()) {
            kit.meters().dropped().increment();
            return;
        }
        Phrase phrase = voiceOver.track().reserve();
        SpeakerClock clock = hearing.clock();
        var progress =
                Progress.committed(
                        speaker,
                        Math.toIntExact(utterance.number()),
                        from,
                        to,
                        utterance.text(),
                        clock.epochMillis(utterance.startPosition()),
                        clock.epochMillis(utterance.endPosition()),
                        loop.epochMillis());
        var interpretation =
                new Interpretation(
                        kit, callId, loop, usage, listener, new Stages(), phrase, progress);
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

    /// How the stages after recognition fare.
    private final class Stages implements Interpretation.Stages {
        @Override
        public void works(Stage stage) {
            outage.back(stage);
        }

        @Override
        public void fails(Stage stage) {
            lost(stage);
        }

        @Override
        public boolean lacks(Stage stage) {
            return outage.lacks(stage);
        }
    }

    /// Nothing can be interpreted just now: the voice comes back at once, and stays.
    private void lost(Stage stage) {
        kit.meters().dropped().increment(dropAll());
        outage.lost(stage);
    }

    /// How many utterances that was.
    private int dropAll() {
        List<Interpretation> dropped = List.copyOf(underWay.values());
        dropped.forEach(Interpretation::cancel);
        underWay.clear();
        voiceOver.silence();
        return dropped.size();
    }

    private final class Sounding implements VoiceOver.Listener {
        @Override
        public void started(Phrase phrase) {
            Interpretation interpretation = underWay.get(phrase);
            if (interpretation != null) {
                voiced.started(interpretation.sounding(), loop.epochMillis());
            }
        }

        @Override
        public void ended(Phrase phrase) {
            voiced.ended(loop.epochMillis());
            Interpretation interpretation = underWay.remove(phrase);
            if (interpretation != null && phrase.completed()) {
                interpretation.sounded();
            }
        }
    }
}
