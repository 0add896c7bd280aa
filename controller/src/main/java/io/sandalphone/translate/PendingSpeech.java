package io.sandalphone.translate;

import io.sandalphone.bus.SpeechTrack;
import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.bus.VoiceOver;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.SpeechLevel;
import io.sandalphone.speech.input.EchoGuard;
import io.sandalphone.speech.text.protect.Essentials;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What one listener is still to hear of one lane: the utterances that have a place, each from its
/// commit until the last of its sound was handed over.
///
/// How much may wait, how fast it is spoken, what is joined and what is skipped is decided by a [LagGovernor], each
/// time an utterance is committed and with each frame. An utterance that nothing is before and that does not begin to sound
/// within the time to the first audio is not spoken. What has begun ends, whatever its engine does.
/// Runs on the call's loop.
final class PendingSpeech {
    private static final Logger log = LoggerFactory.getLogger(PendingSpeech.class);

    private final InterpreterDependencies dependencies;
    private final String callId;
    private final Loop loop;
    private final EchoGuard voiced;
    private final LegAudio listener;
    private final VoiceOver voiceOver;
    private final Duration longestSounding;
    private final Essentials essentials;
    private final LagGovernor governor;
    private final SoundEstimate estimate = new SoundEstimate();
    private final BooleanSupplier pausing;

    /// In the order of their places.
    private final SequencedMap<Phrase, Utterance> utterances = new LinkedHashMap<>();

    /// Whether the listener can have something spoken once more.
    private final boolean repeats;

    /// What was spoken to its end last, if the listener can have it once more.
    private @Nullable Spoken last;

    // What is next in line is not begun before it is known that it is not skipped, too.
    private boolean skipping;

    private record Spoken(UtteranceTrace trace, List<short[]> sound) {}

    private final class Utterance implements LagGovernor.Waiting {
        final Phrase phrase;
        final UtteranceTrace trace;
        private final Supplier<Runnable> begin;
        private boolean begun;
        private Runnable cancel = () -> {};
        Loop.Timer deadline = () -> {};
        EchoGuard.@Nullable Voiced voiced;
        boolean awaited;
        private @Nullable Boolean essential;

        /// It was spoken before, and told of.
        boolean again;

        Utterance(Phrase phrase, UtteranceTrace trace, Supplier<Runnable> begin) {
            this.phrase = phrase;
            this.trace = trace;
            this.begin = begin;
        }

        /// Begins to be interpreted.
        void begin() {
            begun = true;
            cancel = begin.get();
        }

        /// Its speaker went on with this.
        void goesOn(String more, long endNanos) {
            trace.goesOn(more, endNanos);
            essential = null;
        }

        @Override
        public int millis() {
            int there = millis(phrase.left());
            if (phrase.complete()) {
                return there;
            }
            Progress progress = trace.progress();
            int whole = estimate.millis(progress.said(), progress.translated());
            return Math.max(there, there + whole - millis(phrase.appended()));
        }

        private static int millis(int samples) {
            return samples / (AudioFrame.TELEPHONE_RATE / 1000);
        }

        @Override
        public boolean essential() {
            if (essential == null) {
                essential = essentials.in(trace.progress().said());
            }
            return essential;
        }
    }

    /// What `speaker`, who is as loud as `level` says, says is spoken to the other one. `voiced` learns what is voiced to that other.
    /// `pausing` says whether the speaker pauses in what they say, so that more of it may be committed at any moment.
    PendingSpeech(
            InterpreterDependencies dependencies,
            Conversation conversation,
            Party speaker,
            SpeechLevel level,
            EchoGuard voiced,
            BooleanSupplier pausing) {
        this.pausing = pausing;
        this.dependencies = dependencies;
        this.voiced = voiced;
        callId = conversation.callId();
        loop = conversation.loop();
        longestSounding = SpeechTrack.LONGEST_PHRASE.plus(dependencies.settings().stallTimeout());
        essentials =
                new Essentials(
                        dependencies.glossary(),
                        conversation.language(speaker),
                        conversation.language(speaker.other()));
        governor = new LagGovernor(dependencies.settings().lag());
        repeats = dependencies.settings().keys().commands().containsKey(KeyCommand.REPEAT);
        listener = conversation.audio(speaker.other());
        voiceOver =
                new VoiceOver(
                        listener,
                        conversation.audio(speaker),
                        loop,
                        dependencies.settings().voiceOver(),
                        level,
                        new Sounding());
    }

    /// A place for one utterance more among what the listener is to hear.
    Phrase reserve() {
        return voiceOver.track().reserve(repeats);
    }

    /// Whether what was just committed, said until `endNanos`, goes with the utterance before it, which nobody has begun to
    /// interpret: then that one has become longer.
    boolean join(String text, long endNanos) {
        if (utterances.isEmpty()) {
            return false;
        }
        Utterance last = utterances.lastEntry().getValue();
        int millis = estimate.millis(text, null);
        if (last.begun || !governor.takes(last.millis() + millis)) {
            return false;
        }
        dependencies.meters().joined().increment();
        last.goesOn(text, endNanos);
        return true;
    }

    /// An utterance that has just been committed has this place. `begin` begins what is to be done for it, and gives
    /// what ends that; it is done `atOnce`, or when it is due.
    void add(Phrase phrase, UtteranceTrace trace, boolean atOnce, Supplier<Runnable> begin) {
        var added = new Utterance(phrase, trace, begin);
        utterances.put(phrase, added);
        dependencies.meters().lag(LagGovernor.lag(line()));
        if (atOnce) {
            added.begin();
        }
        govern();
        // After what is begun has its own deadline: an engine that is too slow is an outage.
        awaitFirstAudio();
    }

    /// What was spoken last is spoken once more, behind what waits. Its sound is that which was heard: it costs nothing, and
    /// nothing is told of it.
    void repeat() {
        Spoken spoken = last;
        if (spoken != null) {
            Phrase phrase = voiceOver.track().reserve();
            var again = new Utterance(phrase, spoken.trace, () -> () -> {});
            again.again = true;
            utterances.put(phrase, again);
            again.begin();
            spoken.sound.forEach(phrase::append);
            phrase.finish();
        }
    }

    /// What is spoken from now on is `decibels` louder than the voice that it translates, or softer.
    void balance(double decibels) {
        voiceOver.balance(decibels);
    }

    /// Drops what has not been said, and the voice comes back to full level. Gives how many
    /// utterances that was.
    int drop() {
        List<Utterance> dropped = line();
        utterances.clear();
        dropped.forEach(
                utterance -> {
                    utterance.deadline.cancel();
                    utterance.cancel.run();
                    silent(utterance);
                });
        voiceOver.silence();
        caughtUp();
        return dropped.size();
    }

    private List<Utterance> line() {
        return new ArrayList<>(utterances.values());
    }

    private void govern() {
        if (utterances.size() > 1) {
            List<Utterance> skipped = governor.judge(line());
            skipping = true;
            skipped.forEach(this::skip);
            skipping = false;
            if (!skipped.isEmpty()) {
                voiceOver.letVoicePass();
            }
        }
        beginWhatIsDue();
        play();
    }

    private void beginWhatIsDue() {
        int ahead = 0;
        for (Utterance utterance : line()) {
            boolean waits = !utterance.begun && utterances.containsKey(utterance.phrase);
            if (waits && !governor.joins(ahead)) {
                utterance.begin();
            }
            ahead += utterance.millis();
        }
    }

    private void play() {
        voiceOver.track().play(governor.pace(), governor.shortensPauses());
    }

    private void caughtUp() {
        governor.caughtUp();
        play();
    }

    private void skip(Utterance utterance) {
        dependencies.meters().skipped().increment();
        tell(utterance, "interpretation too far behind, utterance skipped");
        abandon(utterance);
        if (!utterance.again) {
            utterance.trace.skipped();
        }
    }

    /// The time to the first audio of what is next to sound begins, unless it does already.
    private void awaitFirstAudio() {
        if (!utterances.isEmpty()) {
            Utterance next = utterances.firstEntry().getValue();
            if (!next.awaited) {
                next.awaited = true;
                next.deadline =
                        loop.schedule(
                                dependencies.settings().firstAudioTimeout(), () -> late(next));
            }
        }
    }

    private void late(Utterance utterance) {
        dependencies.meters().late().increment();
        tell(utterance, "translation would sound too late, not spoken");
        abandon(utterance);
    }

    private void tell(Utterance utterance, String what) {
        Progress progress = utterance.trace.progress();
        log.atInfo()
                .addKeyValue("call", callId)
                .addKeyValue("speaker", progress.speaker())
                .addKeyValue("utterance", progress.utterance())
                .log(what);
    }

    private void cutOff(Utterance utterance) {
        dependencies.meters().capped().increment();
        abandon(utterance);
    }

    private static void abandon(Utterance utterance) {
        utterance.cancel.run();
        utterance.phrase.abandon();
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
                String words;
                if (utterance.again) {
                    words = Objects.requireNonNull(utterance.trace.progress().translated());
                } else {
                    words = utterance.trace.sounding();
                    listener.whenPlayed(utterance.trace::played);
                }
                utterance.voiced = voiced.started(words, EchoGuard.millis(loop.nanoTime()));
                utterance.awaited = true;
                utterance.deadline.cancel();
                utterance.deadline = loop.schedule(longestSounding, () -> cutOff(utterance));
                governor.begins(line());
            }
        }

        @Override
        public void spoken(AudioFrame frame) {
            voiced.sent(frame, loop.nanoTime());
            dependencies.meters().spoken(governor.step());
            govern();
        }

        @Override
        public boolean expectsMore() {
            return pausing.getAsBoolean();
        }

        @Override
        public void ended(Phrase phrase) {
            Utterance utterance = utterances.remove(phrase);
            if (utterance != null) {
                silent(utterance);
                utterance.deadline.cancel();
                if (phrase.completed() && !utterance.again) {
                    if (repeats) {
                        last = new Spoken(utterance.trace, phrase.sound());
                    }
                    Progress progress = utterance.trace.progress();
                    estimate.learn(
                            progress.said(),
                            Objects.requireNonNull(progress.translated()),
                            phrase.appended());
                    utterance.trace.sounded();
                }
            }
            if (utterances.isEmpty()) {
                caughtUp();
            } else {
                if (!skipping) {
                    beginWhatIsDue();
                }
                awaitFirstAudio();
            }
        }
    }
}
