package io.sandalphone.translate;

import io.sandalphone.bus.SpeechTrack;
import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.bus.VoiceOver;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one listener is still to hear of one lane: the utterances that have a place, each from its
/// commit until the last of its sound was handed over.
///
/// What has not begun to sound when the time to its first sound is over is not spoken, whoever it
/// waits for: its engine, or the utterances before it. What has begun ends, whatever its engine does.
/// Runs on the call's loop.
final class PendingSpeech {
    private static final Logger log = LoggerFactory.getLogger(PendingSpeech.class);

    private final InterpreterDependencies dependencies;
    private final String callId;
    private final Loop loop;
    private final EchoGuard voiced;
    private final VoiceOver voiceOver;
    private final Duration longestSounding;
    private final Map<Phrase, Utterance> utterances = new HashMap<>();

    private static final class Utterance {
        final UtteranceTrace trace;
        final Runnable cancel;
        Loop.Timer deadline = () -> {};
        EchoGuard.@Nullable Voiced voiced;

        Utterance(UtteranceTrace trace, Runnable cancel) {
            this.trace = trace;
            this.cancel = cancel;
        }
    }

    /// What `speaker` says is spoken to the other one. `voiced` learns what is voiced to that other.
    PendingSpeech(
            InterpreterDependencies dependencies,
            Conversation conversation,
            Party speaker,
            EchoGuard voiced) {
        this.dependencies = dependencies;
        this.voiced = voiced;
        callId = conversation.callId();
        loop = conversation.loop();
        longestSounding = SpeechTrack.LONGEST_PHRASE.plus(dependencies.settings().stallTimeout());
        voiceOver =
                new VoiceOver(
                        conversation.audio(speaker.other()),
                        conversation.audio(speaker),
                        new Sounding());
    }

    /// A place for one utterance more among what the listener is to hear; none where too many wait.
    Optional<Phrase> reserve() {
        if (voiceOver.track().waiting() >= dependencies.settings().maxQueued()) {
            dependencies.meters().dropped().increment();
            return Optional.empty();
        }
        return Optional.of(voiceOver.track().reserve());
    }

    /// An utterance that has just been committed is on its way to its place. `cancel` ends what is
    /// being done for it.
    void add(Phrase phrase, UtteranceTrace trace, Runnable cancel) {
        var utterance = new Utterance(trace, cancel);
        utterances.put(phrase, utterance);
        utterance.deadline =
                loop.schedule(
                        dependencies.settings().firstAudioTimeout(),
                        () -> firstAudioDue(phrase, utterance));
    }

    /// Drops what has not been said, and the voice comes back to full level. Gives how many
    /// utterances that was.
    int drop() {
        List<Utterance> dropped = List.copyOf(utterances.values());
        utterances.clear();
        dropped.forEach(
                utterance -> {
                    utterance.deadline.cancel();
                    utterance.cancel.run();
                    silent(utterance);
                });
        voiceOver.silence();
        return dropped.size();
    }

    private void firstAudioDue(Phrase phrase, Utterance utterance) {
        if (utterance.voiced != null) {
            utterance.deadline = loop.schedule(longestSounding, () -> cutOff(phrase, utterance));
            return;
        }
        dependencies.meters().late().increment();
        log.atInfo()
                .addKeyValue("call", callId)
                .addKeyValue("speaker", utterance.trace.progress().speaker())
                .addKeyValue("utterance", utterance.trace.progress().utterance())
                .log("translation would sound too late, not spoken");
        abandon(phrase, utterance);
    }

    private void cutOff(Phrase phrase, Utterance utterance) {
        dependencies.meters().capped().increment();
        abandon(phrase, utterance);
    }

    private static void abandon(Phrase phrase, Utterance utterance) {
        utterance.cancel.run();
        phrase.abandon();
    }

    /// Nothing more of it sounds; one that was dropped before it sounded leaves the others alone.
    private void silent(Utterance utterance) {
        if (utterance.voiced != null) {
            utterance.voiced.ended(EchoGuard.millis(loop.nanoTime()));
        }
    }

    private final class Sounding implements VoiceOver.Listener {
        @Override
        public void started(Phrase phrase) {
            Utterance utterance = utterances.get(phrase);
            if (utterance != null) {
                utterance.voiced =
                        voiced.started(
                                utterance.trace.sounding(), EchoGuard.millis(loop.nanoTime()));
            }
        }

        @Override
        public void spoken(AudioFrame frame) {
            voiced.sent(frame, loop.nanoTime());
        }

        @Override
        public void ended(Phrase phrase) {
            Utterance utterance = utterances.remove(phrase);
            if (utterance != null) {
                silent(utterance);
                utterance.deadline.cancel();
                if (phrase.completed()) {
                    utterance.trace.sounded();
                }
            }
        }
    }
}
