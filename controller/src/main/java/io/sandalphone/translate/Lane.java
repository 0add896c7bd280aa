package io.sandalphone.translate;

import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.media.SpeechLevel;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.ReservedInterpreter;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.input.Detectors;
import io.sandalphone.speech.input.Speaker;
import io.sandalphone.speech.input.SpeechInput;
import io.sandalphone.speech.input.SpeechListener;
import io.sandalphone.speech.segment.CommitPolicy;
import io.sandalphone.speech.segment.Pause;
import io.sandalphone.speech.segment.Utterance;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;
import io.sandalphone.time.WallTime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// One direction of interpretation: hears one party, speaks to the other alone. What the engines speak
/// by themselves is voiced as it is; of what they hear as words each utterance makes its way by
/// translation and synthesis. Whatever fails, the parties' own voices are at full level and nothing is
/// said late; when it works again, it goes on with what is said then.
///
/// The path, in the order in which sound travels it, is assembled in the constructor and printed by
/// [#describe]. Runs on the call's loop.
final class Lane implements AutoCloseable {
    private static final int CONTEXT = 3;

    private final InterpreterDependencies dependencies;
    private final String callId;
    private final Loop loop;
    private final Party speaker;
    private final Language from;
    private final Language to;
    private final Usage usage;
    private final InterpreterListener listener;
    private final SpeechInput input;
    private final TranscriptFilter filter;
    private final CommitPolicy commits;
    private final Speculation speculation;
    private final PendingSpeech pending;
    private final UtteranceNumbers numbers;
    private final Outage outage;
    private final Stage listening;
    private final Deque<String> context = new ArrayDeque<>();
    private Pause pause = Pause.NONE;
    private boolean muted;

    private @Nullable Phrase speaking;

    /// When the recognizer first told of what is not committed yet.
    private @Nullable Long firstPartial;

    /// Hears `speaker`, and speaks to the other one.
    Lane(
            InterpreterDependencies dependencies,
            Conversation conversation,
            Party speaker,
            EchoGuards echoes,
            InterpreterListener listener) {
        this.dependencies = dependencies;
        this.speaker = speaker;
        this.listener = listener;
        callId = conversation.callId();
        loop = conversation.loop();
        from = conversation.language(speaker);
        to = conversation.language(speaker.other());
        usage = conversation.usage();
        var level = new SpeechLevel();
        input =
                new SpeechInput(
                        new Speaker(
                                callId,
                                loop,
                                speaker,
                                conversation.audio(speaker),
                                conversation.levels()),
                        new Detectors(
                                dependencies.voiceDetectors(),
                                dependencies.utterances(),
                                dependencies.utteranceMeters(),
                                dependencies.levelMeters(),
                                found -> dependencies.settings().commit().promptEnds(from, found)),
                        echoes.of(speaker),
                        level,
                        new Said());
        filter =
                new TranscriptFilter(
                        from, to, echoes.of(speaker), input.clock(), dependencies.filterMeters());
        commits = dependencies.settings().commit().policy(dependencies.glossary(), from, to);
        pending =
                new PendingSpeech(
                        dependencies,
                        conversation,
                        speaker,
                        level,
                        echoes.of(speaker.other()),
                        this::pausing);
        speculation =
                new Speculation(
                        dependencies.settings().speculation(),
                        dependencies.meters().speculation(),
                        this::preview,
                        new Renderer());
        numbers = conversation.numbers();
        outage = new Outage(speaker, listener);
        listening =
                dependencies.engines().interpretDirectly(from, to)
                        ? Stage.DIRECT
                        : Stage.RECOGNITION;
    }

    /// The stages of the path.
    String describe() {
        return "[%s %s > voice detector > utterances > %s > voice-over %s %s]"
                .formatted(
                        speaker,
                        from,
                        dependencies.engines().describe(from, to),
                        speaker.other(),
                        to);
    }

    void start() {
        input.start();
    }

    /// Whether it speaks to this listener.
    boolean speaksTo(Party listener) {
        return speaker.other() == listener;
    }

    /// Speaks to the listener as they wish from now on. Those who want nothing hear the voice at full level at once; it is
    /// still listened to, so that they hear again what is said as soon as they want to.
    void wish(ListenerWishes wishes) {
        pending.balance(wishes.balance());
        if (wishes.paused() && !muted) {
            speaking = null;
            speculation.drop();
            meters().paused().increment(pending.drop());
        }
        muted = wishes.paused();
    }

    /// Speaks the last utterance once more.
    void repeat() {
        pending.repeat();
    }

    private LaneMeters meters() {
        return dependencies.meters();
    }

    /// Stops; what has not been spoken is dropped, and the voice comes back to full level.
    @Override
    public void close() {
        try {
            input.close();
        } finally {
            speculation.drop();
            pending.drop();
        }
    }

    /// What the voice detector finds in what the speaker says.
    private final class Said implements SpeechListener {
        @Override
        public Transcription open() {
            return listen();
        }

        @Override
        public void paused(Pause pause) {
            Lane.this.paused(pause);
        }

        @Override
        public void faulted(Throwable fault) {
            dependencies.health().faulted(fault);
        }

        @Override
        public void notOpened(SpeechException failure) {
            lostRecognition(failure);
        }
    }

    private Transcription listen() {
        var request =
                new TranscriptionRequest(from, to, dependencies.glossary().keyTerms(from), usage);
        return dependencies.engines().listen(request, new Engines());
    }

    /// What the engines say that listen, brought home to the loop.
    private final class Engines implements ReservedInterpreter.Listener {
        @Override
        public void onReady() {
            input.atHome(() -> outage.back(listening));
        }

        @Override
        public void onTranscript(TranscriptEvent event) {
            input.atHome(() -> heard(event));
        }

        @Override
        public void onUtterance(String said, String translated, long start, long end) {
            input.atHome(() -> speaks(said, translated, start, end));
        }

        @Override
        public void onAudio(short[] pcm) {
            input.atHome(
                    () -> {
                        if (speaking != null && !speaking.append(pcm)) {
                            dependencies.meters().capped().increment();
                            speaking = null;
                        }
                    });
        }

        @Override
        public void onUtteranceSpoken() {
            input.atHome(
                    () -> {
                        if (speaking != null) {
                            speaking.finish();
                            speaking = null;
                        }
                    });
        }

        @Override
        public void onUtteranceBroken() {
            input.atHome(Lane.this::breaksOff);
        }

        @Override
        public void onNothing(long start, long end) {
            input.atHome(
                    () -> {
                        interpretsDirectly();
                        dependencies.meters().noWords().increment();
                    });
        }

        @Override
        public void onFailure(SpeechException failure) {
            input.atHome(() -> lostRecognition(failure));
        }
    }

    private void lostRecognition(SpeechException failure) {
        dependencies.meters().recognitionFailed().increment();
        input.lost(failure);
        lost(listening);
    }

    private void heard(TranscriptEvent event) {
        input.alive();
        if (event instanceof TranscriptEvent.Nothing) {
            dependencies.meters().noWords().increment();
        }
        if (firstPartial == null
                && event instanceof TranscriptEvent.Partial partial
                && !partial.text().isBlank()) {
            firstPartial = loop.nanoTime();
        }
        commit(commits.commit(event));
        lookAhead();
        input.heard(event);
    }

    private void paused(Pause pause) {
        this.pause = pause;
        commit(commits.paused(pause));
        lookAhead();
    }

    /// Whether the speaker is silent in the middle of an utterance.
    private boolean pausing() {
        return !muted && pause.millis() > 0 && !pause.isEnd();
    }

    private void lookAhead() {
        if (!muted) {
            speculation.consider(pause, commits::expected);
        }
    }

    /// What is left of words that may still change; nothing is counted.
    private Optional<String> preview(Utterance expected) {
        return filter.preview(expected).map(Utterance::text);
    }

    private void commit(List<Utterance> clauses) {
        if (!clauses.isEmpty()) {
            clauses.forEach(this::committed);
            // What has been told of the next one was told just now.
            firstPartial = commits.expected().isPresent() ? loop.nanoTime() : null;
        }
    }

    private void committed(Utterance utterance) {
        if (muted) {
            meters().paused().increment();
        } else if (!noSpeech(utterance.startPosition(), utterance.endPosition())) {
            filter.admit(utterance).ifPresent(this::interpret);
        }
    }

    private void interpret(Utterance utterance) {
        boolean begunAhead = speculation.has(utterance.text());
        if (!begunAhead
                && pending.join(utterance.text(), input.clock().nanos(utterance.endPosition()))) {
            return;
        }
        Phrase phrase = pending.reserve();
        UtteranceTrace trace =
                trace(utterance.text(), utterance.startPosition(), utterance.endPosition());
        pending.add(phrase, trace, begunAhead, () -> begin(phrase, trace));
    }

    /// Begins to translate what `trace` follows by now. Gives what ends that.
    private Runnable begin(Phrase phrase, UtteranceTrace trace) {
        String said = trace.progress().said();
        var interpretation =
                new Interpretation(
                        dependencies,
                        callId,
                        loop,
                        new Stages(),
                        phrase,
                        trace,
                        speculation.take(said));
        interpretation.start();
        remember(said);
        return interpretation::cancel;
    }

    private final class Renderer implements Speculation.Renderer {
        @Override
        public Rendition committed(String text) {
            return begin(text, false);
        }

        @Override
        public Optional<Rendition> ahead(String text) {
            return dependencies.engines().translator().takesSpeculation()
                    ? Optional.of(begin(text, true))
                    : Optional.empty();
        }

        private Rendition begin(String text, boolean speculative) {
            return Rendition.begin(
                    dependencies,
                    loop,
                    new TranslationRequest(
                            text, from, to, List.copyOf(context), usage, speculative));
        }
    }

    private void remember(String said) {
        context.addLast(said);
        if (context.size() > CONTEXT) {
            context.removeFirst();
        }
    }

    private void speaks(String said, String translated, long start, long end) {
        interpretsDirectly();
        if (muted) {
            meters().paused().increment();
            return;
        }
        if (noSpeech(start, end)) {
            return;
        }
        Phrase phrase = pending.reserve();
        UtteranceTrace trace = trace(said, start, end);
        trace.translated(translated);
        speaking = phrase;
        pending.add(phrase, trace, true, () -> () -> forget(phrase));
    }

    /// Whether an engine made this of what nobody said.
    private boolean noSpeech(long start, long end) {
        boolean refused = input.nobodySpoke(start, end);
        if (refused) {
            dependencies.meters().noSpeech().increment();
        }
        return refused;
    }

    private void forget(Phrase phrase) {
        if (speaking == phrase) {
            speaking = null;
        }
    }

    private void breaksOff() {
        if (speaking != null) {
            dependencies.meters().dropped().increment();
            speaking.abandon();
            speaking = null;
        }
    }

    /// A direct interpreter answers, so that nothing is lacking, whatever failed of the others.
    private void interpretsDirectly() {
        input.alive();
        outage.over();
    }

    private UtteranceTrace trace(String said, long start, long end) {
        long startNanos = input.clock().nanos(start);
        long endNanos = input.clock().nanos(end);
        WallTime time = WallTime.now(loop);
        return new UtteranceTrace(
                dependencies.meters(),
                loop,
                listener,
                time,
                new UtteranceTrace.Heard(startNanos, endNanos, firstPartial, time.nanoTime()),
                Progress.committed(
                        speaker,
                        numbers.next(speaker),
                        from,
                        to,
                        said,
                        time.epochMillis(startNanos),
                        time.epochMillis(endNanos),
                        time.epochMillis()));
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
        dependencies.meters().dropped().increment(pending.drop());
        outage.lost(stage);
    }
}
