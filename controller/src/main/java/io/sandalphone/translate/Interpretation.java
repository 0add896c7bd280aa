package io.sandalphone.translate;

import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.metrics.LaneMeters;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

/// One utterance on its way from words to sound. Whatever fails, or takes too long, costs this
/// utterance and nothing else: the speaker's own voice was there all along. Runs on the call's loop.
final class Interpretation {
    private static final Logger log = LoggerFactory.getLogger(Interpretation.class);

    private final InterpreterKit kit;
    private final LaneMeters meters;
    private final String callId;
    private final Loop loop;
    private final Usage usage;
    private final ProgressListener listener;
    private final Phrase phrase;
    private Progress progress;
    private Loop.Timer work = () -> {};
    private Loop.Timer deadline = () -> {};
    private boolean over;

    Interpretation(
            InterpreterKit kit,
            String callId,
            Loop loop,
            Usage usage,
            ProgressListener listener,
            Phrase phrase,
            Progress progress) {
        this.kit = kit;
        this.callId = callId;
        this.loop = loop;
        this.usage = usage;
        this.listener = listener;
        this.phrase = phrase;
        this.progress = progress;
        meters = kit.meters();
    }

    /// Begins. `context` is what the same speaker said just before.
    void start(List<String> context) {
        listener.on(progress);
        var request =
                new TranslationRequest(
                        progress.said(), progress.from(), progress.to(), context, usage);
        limit(kit.settings().translationDeadline(), this::translationOverdue);
        work =
                loop.offload(
                        () -> kit.engines().translator().translate(request),
                        this::translated,
                        this::translationFailed);
    }

    /// The first of it was handed over.
    void sounding() {
        long now = loop.epochMillis();
        progress = progress.sounding(now);
        meters.firstAudio().record(Duration.ofMillis(Math.max(0, now - progress.speechEnd())));
        listener.on(progress);
    }

    /// The last of it was handed over.
    void sounded() {
        meters.spoken().increment();
        progress = progress.sounded(loop.epochMillis());
        listener.on(progress);
    }

    /// No more of it is wanted.
    void cancel() {
        over = true;
        work.cancel();
        deadline.cancel();
    }

    private void translated(String text) {
        deadline.cancel();
        if (text.isBlank()) {
            meters.wordless().increment();
            giveUp();
            return;
        }
        progress = progress.translated(text);
        listener.on(progress);
        limit(kit.settings().synthesisDeadline(), this::synthesisOverdue);
        work =
                loop.offload(
                        () -> {
                            kit.engines()
                                    .synthesizer()
                                    .synthesize(
                                            new SynthesisRequest(text, progress.to(), usage),
                                            pcm -> loop.execute(() -> append(pcm)));
                            return text;
                        },
                        _ -> complete(),
                        this::synthesisFailed);
    }

    private void append(short[] pcm) {
        if (!over) {
            limit(kit.settings().synthesisDeadline(), this::synthesisOverdue);
            phrase.append(pcm);
        }
    }

    private void complete() {
        over = true;
        deadline.cancel();
        phrase.finish();
    }

    private void translationFailed(Throwable failure) {
        meters.translationFailed().increment();
        giveUp("translation failed", failure);
    }

    private void translationOverdue() {
        meters.translationFailed().increment();
        giveUp("translation overdue", null);
    }

    private void synthesisFailed(Throwable failure) {
        meters.synthesisFailed().increment();
        giveUp("synthesis failed", failure);
    }

    private void synthesisOverdue() {
        meters.synthesisFailed().increment();
        giveUp("synthesis overdue", null);
    }

    private void giveUp(String why, @Nullable Throwable failure) {
        log.atWarn()
                .addKeyValue("call", callId)
                .addKeyValue("speaker", progress.speaker())
                .addKeyValue("utterance", progress.utterance())
                .setCause(failure)
                .log(why);
        giveUp();
    }

    private void giveUp() {
        cancel();
        phrase.abandon();
    }

    private void limit(Duration time, Runnable overdue) {
        deadline.cancel();
        deadline = loop.schedule(time, overdue);
    }
}
