package io.sandalphone.translate;

import io.sandalphone.bus.SpeechTrack;
import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.text.admission.SpokenLanguage;
import io.sandalphone.speech.text.aloud.ReadAloud;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One utterance on its way from words to sound. Whatever fails, or takes too long, costs this
/// utterance at most: the speaker's own voice was there all along. Runs on the call's loop.
final class Interpretation {
    private static final Logger log = LoggerFactory.getLogger(Interpretation.class);

    /// Hears how the stages fare, of the utterances that pass through them.
    interface Stages {
        void works(Stage stage);

        /// It failed, and not because of what was said: the next utterance would fail as well.
        void fails(Stage stage);

        /// Whether it failed and has not worked since.
        boolean lacks(Stage stage);
    }

    private final InterpreterDependencies dependencies;
    private final LaneMeters meters;
    private final String callId;
    private final Loop loop;
    private final Usage usage;
    private final Stages stages;
    private final Phrase phrase;

    /// The sound of a voice that was lost: nobody hears it before it has spoken to the end.
    private final List<short[]> withheld = new ArrayList<>();

    private int withheldSamples;

    private final UtteranceTrace trace;
    private boolean onTrial;
    private Stage stage = Stage.TRANSLATION;
    private Loop.Timer work = () -> {};
    private Loop.Timer deadline = () -> {};
    private boolean over;

    Interpretation(
            InterpreterDependencies dependencies,
            String callId,
            Loop loop,
            Usage usage,
            Stages stages,
            Phrase phrase,
            UtteranceTrace trace) {
        this.dependencies = dependencies;
        this.callId = callId;
        this.loop = loop;
        this.usage = usage;
        this.stages = stages;
        this.phrase = phrase;
        this.trace = trace;
        meters = dependencies.meters();
    }

    /// Begins. `context` is what the same speaker said just before.
    void start(List<String> context) {
        Progress progress = trace.progress();
        var request =
                new TranslationRequest(
                        progress.said(), progress.from(), progress.to(), context, usage);
        limit(dependencies.settings().firstAudioTimeout());
        work =
                loop.offload(
                        () -> dependencies.engines().translator().translate(request),
                        this::translated,
                        this::failed);
    }

    /// No more of it is wanted.
    void cancel() {
        over = true;
        work.cancel();
        deadline.cancel();
    }

    private void translated(String text) {
        stages.works(Stage.TRANSLATION);
        if (text.isBlank()) {
            meters.noWords().increment();
            giveUp();
            return;
        }
        if (SpokenLanguage.unchanged(trace.progress().said(), text)) {
            dependencies.filterMeters().sameLanguage().increment();
            giveUp();
            return;
        }
        stage = Stage.SYNTHESIS;
        onTrial = stages.lacks(stage);
        trace.translated(text);
        Language to = trace.progress().to();
        work =
                loop.offload(
                        () -> {
                            speak(text, to);
                            return text;
                        },
                        _ -> complete(),
                        this::failed);
    }

    /// On a thread of its own. Reading it in words takes milliseconds when it is first done, in which
    /// the sound of every call on the loop would wait.
    private void speak(String text, Language to) throws SpeechException, InterruptedException {
        var request = new SynthesisRequest(ReadAloud.inWords(text, to), to, usage);
        dependencies
                .engines()
                .synthesizer()
                .synthesize(request, pcm -> loop.execute(() -> append(pcm)));
    }

    private void append(short[] pcm) {
        if (!over) {
            limit(dependencies.settings().stallTimeout());
            boolean more;
            if (onTrial) {
                withheld.add(pcm);
                withheldSamples += pcm.length;
                more = withheldSamples < SpeechTrack.LONGEST_PHRASE_SAMPLES;
            } else {
                stages.works(Stage.SYNTHESIS);
                more = phrase.append(pcm);
            }
            if (!more) {
                meters.capped().increment();
                work.cancel();
                complete();
            }
        }
    }

    private void complete() {
        over = true;
        deadline.cancel();
        if (!withheld.isEmpty()) {
            stages.works(Stage.SYNTHESIS);
            withheld.forEach(phrase::append);
        }
        phrase.finish();
    }

    private void failed(Throwable failure) {
        giveUp("interpretation failed", failure);
        boolean itsOwnFault =
                failure instanceof SpeechException refused
                        && refused.kind() == SpeechException.Kind.REQUEST;
        if (!itsOwnFault) {
            stages.fails(stage);
        }
    }

    private void overdue() {
        giveUp("interpretation overdue", null);
        stages.fails(stage);
    }

    private void giveUp(String why, @Nullable Throwable failure) {
        (stage == Stage.TRANSLATION ? meters.translationFailed() : meters.synthesisFailed())
                .increment();
        log.atWarn()
                .addKeyValue("call", callId)
                .addKeyValue("speaker", trace.progress().speaker())
                .addKeyValue("utterance", trace.progress().utterance())
                .addKeyValue("stage", stage)
                .setCause(failure)
                .log(why);
        giveUp();
    }

    private void giveUp() {
        cancel();
        phrase.abandon();
    }

    private void limit(Duration time) {
        deadline.cancel();
        deadline = loop.schedule(time, this::overdue);
    }
}
