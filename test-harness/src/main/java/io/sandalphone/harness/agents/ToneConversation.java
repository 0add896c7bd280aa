package io.sandalphone.harness.agents;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.Levels;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.pairs.Kind;
import io.sandalphone.harness.pairs.Pair;
import io.sandalphone.harness.pairs.PairLab;
import io.sandalphone.harness.pairs.PairPhone;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A caller who speaks in tones, in a call of any kind to an agent that says back what it understood: what must hold whatever carries
/// the call. In real time; what does not come to pass is an `AssertionError`. One thread.
public final class ToneConversation {
    /// How long the caller is silent who has finished.
    static final Duration PAUSE = Duration.ofMillis(600);

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ToneSpeech SAID = ToneSpeech.USUAL.withWord(Duration.ofMillis(400));

    private static final List<ToneWord> GREETING = List.of(ToneWord.W7, ToneWord.W8);
    private static final List<ToneWord> LONG =
            List.of(ToneWord.W2, ToneWord.W4, ToneWord.W5, ToneWord.W2, ToneWord.W4, ToneWord.W5);

    /// Like none of [#LONG] where echoes are looked for, at a rate of 4 kHz: 2300 Hz are like 1700 there.
    private static final ToneWord INTERRUPTION = ToneWord.W1;

    /// Nothing of an answer that was interrupted may begin to be heard later.
    private static final long SILENT_MILLIS = 200;

    private static final String AGENT =
            """
            agents:
              desk:
                greeting: "wgg whh"
                pause: %dms
                sentences: {patience: wcc, filler: wcc, sorry: wcc wcc, give-up: wcc wcc, goodbye: wcc}
            """
                    .formatted(PAUSE.toMillis());

    private final PairLab lab;
    private final PairPhone caller;

    /// One interruption: from its beginning until the agent was silent, in milliseconds; how many words of the agent began to be heard
    /// when it had to be; and how many of the words it was to say were heard at all.
    public record Interrupted(long silentMillis, int wordsAfter, int wordsOfRest) {}

    private ToneConversation(PairLab lab, PairPhone caller) {
        this.lab = lab;
        this.caller = caller;
    }

    /// A gateway in which such an agent answers telephones of this kind; `more` settings are YAML.
    public static PairLab open(
            Kind kind, Optional<AsteriskHost> host, String more, ControllerProgram program)
            throws Exception {
        return PairLab.withAgent(kind, host, settings(more), program);
    }

    /// The same, in which people have telephones of the other kind of `pair`.
    public static PairLab open(
            Pair pair, Optional<AsteriskHost> host, String more, ControllerProgram program)
            throws Exception {
        return PairLab.withAgent(pair, host, settings(more), program);
    }

    private static ControllerSettings settings(String more) {
        return ControllerSettings.tones().engine("tone", "word", "400ms").with(AGENT + more);
    }

    /// Somebody calls, and is greeted.
    public static ToneConversation greeted(PairLab lab) {
        var conversation = new ToneConversation(lab, lab.call(1));
        conversation.caller.awaitUp(SOON);
        awaitHeard(lab, () -> conversation.caller.heard().pcm(), GREETING);
        return conversation;
    }

    /// A word as callers say it.
    public static short[] word(ToneWord word) {
        return SAID.render(word);
    }

    /// Waits until these words were heard first, whatever was heard behind them. One that a busy machine cut in two is one; so are
    /// two alike that follow each other.
    public static void awaitHeard(PairLab lab, Supplier<short[]> heard, List<ToneWord> words) {
        List<ToneWord> wanted = once(words);
        Poll.until(
                SOON,
                () ->
                        once(ToneDetector.listen(heard.get()).words()).stream()
                                .limit(wanted.size())
                                .toList()
                                .equals(wanted),
                () ->
                        words
                                + " is heard, not "
                                + ToneDetector.listen(heard.get()).heard()
                                + lab.events().events()
                                + lab.gateway().log());
    }

    private static List<ToneWord> once(List<ToneWord> words) {
        List<ToneWord> once = new ArrayList<>();
        for (ToneWord word : words) {
            if (once.isEmpty() || once.getLast() != word) {
                once.add(word);
            }
        }
        return once;
    }

    /// The caller's telephone.
    public PairPhone caller() {
        return caller;
    }

    /// What begins to be heard is heard to its end.
    public void untilSilent() {
        untilSilent(caller);
    }

    /// The same of another telephone.
    public static void untilSilent(PairPhone phone) {
        long since;
        do {
            since = System.nanoTime();
            listen(phone, Duration.ofMillis(800));
        } while (!phone.tones(since).words().isEmpty());
    }

    private static void listen(PairPhone phone, Duration length) {
        phone.awaitHeardUntil(System.nanoTime() + length.toNanos(), length.plus(SOON));
    }

    /// The caller says `word`, which is said back: gives how long after its end, in milliseconds.
    public double answered(ToneWord word) {
        untilSilent();
        long said = caller.say(SAID.render(word));
        long end = said + SAID.word().toNanos();
        await(said, () -> words(said).contains(word), word + " is said back");
        SoundTimeline since = caller.heard().between(said, System.nanoTime());
        HeardTone first = ToneDetector.listen(since.pcm()).heard(word).getFirst();
        return (since.nanosAt(first.startMillis()) - end) / 1e6;
    }

    /// The caller interrupts a long answer in its second word with a word that is answered in turn.
    public Interrupted interrupted() {
        amidTheAnswer();
        long spoken = caller.say(SAID.render(INTERRUPTION, INTERRUPTION));
        await(spoken, () -> words(spoken).contains(INTERRUPTION), "the interruption is answered");
        List<HeardTone> rest =
                caller.tones(spoken).heard().stream()
                        .filter(tone -> tone.word() != INTERRUPTION)
                        .toList();
        long after = rest.stream().filter(tone -> tone.startMillis() >= SILENT_MILLIS).count();
        return new Interrupted(
                rest.isEmpty() ? 0 : rest.getLast().endMillis(), (int) after, rest.size());
    }

    /// The caller asks what takes long to say, and hears the beginning of the answer. Gives when they asked.
    public long amidTheAnswer() {
        untilSilent();
        long asked = caller.say(SAID.render(LONG));
        await(asked, () -> words(asked).size() >= 2, "the answer begins");
        return asked;
    }

    /// The caller makes a short sound over an answer that is no word, and hears all of it nevertheless.
    public void coughedAtInVain() {
        long asked = amidTheAnswer();
        caller.say(cough());
        await(asked, () -> words(asked).equals(LONG), "the answer goes on");
    }

    /// What passes for speech and is no word: 200 ms at 500 Hz.
    private static short[] cough() {
        var pcm = new short[1600];
        double amplitude = Levels.sineAmplitude(SAID.level());
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * 500 * i / 8000));
        }
        return pcm;
    }

    /// Nobody says anything, and nothing is heard.
    public void silent() {
        untilSilent();
        long from = System.nanoTime();
        listen(caller, Duration.ofSeconds(2));
        List<ToneWord> words = words(from);
        if (!words.isEmpty()) {
            throw new AssertionError("the agent says something unasked: " + words);
        }
    }

    /// The caller hangs up amid an answer, and nothing is left.
    public void leftAmidTheAnswer() {
        var _ = amidTheAnswer();
        leave();
    }

    /// The caller hangs up, and nothing is left.
    public void leave() {
        caller.hangUp();
        lab.awaitNobodyLeft(SOON);
        lab.gateway().awaitIdle(SOON);
        List<String> problems = lab.problems();
        if (!problems.isEmpty()) {
            throw new AssertionError("the carrier complains: " + problems);
        }
    }

    private List<ToneWord> words(long since) {
        return once(caller.tones(since).words());
    }

    private void await(long since, BooleanSupplier reached, String what) {
        Poll.until(
                SOON,
                reached,
                () -> what + "; there was " + caller.tones(since).heard() + lab.gateway().log());
    }
}
