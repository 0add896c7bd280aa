package io.sandalphone.translate;

import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/// One committed utterance on its way to its place among what is spoken. Whatever fails, or takes too
/// long, costs this utterance at most: the speaker's own voice was there all along. Runs on the call's
/// loop.
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
    private final Stages stages;
    private final Phrase phrase;
    private final UtteranceTrace trace;
    private final Rendition rendition;

    /// The sound of a voice that was lost: nobody hears it before it has spoken to the end.
    private boolean onTrial;

    private Stage stage = Stage.TRANSLATION;
    private Loop.Timer deadline = () -> {};

    /// Of the utterance that `trace` follows, which `rendition` renders, into `phrase`.
    Interpretation(
            InterpreterDependencies dependencies,
            String callId,
            Loop loop,
            Stages stages,
            Phrase phrase,
            UtteranceTrace trace,
            Rendition rendition) {
        this.dependencies = dependencies;
        this.callId = callId;
        this.loop = loop;
        this.stages = stages;
        this.phrase = phrase;
        this.trace = trace;
        this.rendition = rendition;
        meters = dependencies.meters();
    }

    void start() {
        limit(dependencies.settings().firstAudioTimeout());
        trace.rendering(rendition.times());
        rendition.tell(new Progressing());
    }

    /// No more of it is wanted.
    void cancel() {
        rendition.cancel();
        deadline.cancel();
    }

    private final class Progressing implements Rendition.Listener {
        @Override
        public void translated(String text) {
            stages.works(Stage.TRANSLATION);
            switch (rendition.worth(text)) {
                case BLANK -> {
                    meters.noWords().increment();
                    giveUp();
                }
                case UNCHANGED -> {
                    dependencies.filterMeters().sameLanguage().increment();
                    giveUp();
                }
                case SPOKEN -> speak(text);
            }
        }

        @Override
        public void voiced(int samples) {
            limit(dependencies.settings().stallTimeout());
            if (!onTrial) {
                stages.works(Stage.SYNTHESIS);
            }
        }

        @Override
        public void completed() {
            deadline.cancel();
            if (onTrial) {
                stages.works(Stage.SYNTHESIS);
                rendition.release(phrase::append);
            }
            phrase.finish();
        }

        @Override
        public void failed(Throwable failure) {
            giveUp("interpretation failed", failure);
            boolean itsOwnFault =
                    failure instanceof SpeechException refused
                            && refused.kind() == SpeechException.Kind.REQUEST;
            if (!itsOwnFault) {
                stages.fails(stage);
            }
        }
    }

    private void speak(String text) {
        stage = Stage.SYNTHESIS;
        onTrial = stages.lacks(stage);
        trace.translated(text);
        if (!onTrial) {
            rendition.release(phrase::append);
        }
        rendition.speak();
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
