package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What must hold of a conversation with an agent whatever carries the caller, who speaks in tones to one that says back what
/// it understood.
final class AgentConversation {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ToneSpeech SAID = ToneSpeech.USUAL.withWord(Duration.ofMillis(400));

    private static final String AGENT =
            """
            agents:
              desk:
                greeting: "wgg whh"
                pause: 600ms
                sentences: {patience: wcc, filler: wcc, sorry: wcc wcc, give-up: wcc wcc, goodbye: wcc}
            """;

    private AgentConversation() {}

    static PairLab open(Kind kind, Optional<AsteriskHost> host) throws Exception {
        return open(kind, host, "");
    }

    /// The same with more settings: YAML.
    static PairLab open(Kind kind, Optional<AsteriskHost> host, String more) throws Exception {
        return PairLab.withAgent(
                kind,
                host,
                ControllerSettings.tones().engine("tone", "word", "400ms").with(AGENT + more),
                ControllerProgram.QUICK);
    }

    /// The caller is greeted, understood and answered, and interrupts; gives how long the agent was heard after that, in
    /// milliseconds.
    static long greetedAnsweredInterrupted(PairLab lab) {
        PairPhone caller = lab.call(1);
        caller.awaitUp(SOON);
        awaitHeard(lab, caller, ToneWord.W7, ToneWord.W8);
        untilSilent(caller);
        caller.say(SAID.render(ToneWord.W1));
        awaitHeard(lab, caller, ToneWord.W7, ToneWord.W8, ToneWord.W1);
        untilSilent(caller);
        // A long answer, in whose second word the caller speaks.
        caller.say(
                SAID.render(
                        ToneWord.W2,
                        ToneWord.W4,
                        ToneWord.W5,
                        ToneWord.W2,
                        ToneWord.W4,
                        ToneWord.W5));
        awaitHeard(lab, caller, ToneWord.W7, ToneWord.W8, ToneWord.W1, ToneWord.W2, ToneWord.W4);
        long spoken = caller.say(SAID.render(ToneWord.W6, ToneWord.W6));
        Poll.until(
                SOON,
                () -> words(caller).contains(ToneWord.W6),
                () -> "answered again, not " + words(caller) + lab.gateway().log());
        List<ToneWord> words = words(caller);
        List<ToneWord> rest = words.subList(3, words.indexOf(ToneWord.W6));
        assertTrue(
                rest.size() <= 3 && rest.getFirst() == ToneWord.W2,
                "the rest is not said after the interruption: " + words);
        HeardTone last =
                caller.tones(spoken).heard().stream()
                        .filter(tone -> tone.word() != ToneWord.W6)
                        .reduce((_, later) -> later)
                        .orElseThrow();
        caller.hangUp();
        lab.awaitNobodyLeft(SOON);
        lab.gateway().awaitIdle(SOON);
        assertEquals(List.of(), lab.problems());
        return last.endMillis();
    }

    /// What begins to be heard is heard to its end.
    static void untilSilent(PairPhone caller) {
        caller.awaitHeardUntil(System.nanoTime() + Duration.ofMillis(800).toNanos(), SOON);
    }

    private static List<ToneWord> words(PairPhone phone) {
        return ToneDetector.listen(phone.heard().pcm()).words();
    }

    private static void awaitHeard(PairLab lab, PairPhone phone, ToneWord... words) {
        awaitHeard(lab, () -> phone.heard().pcm(), List.of(words));
    }

    /// Waits until these words were heard first, whatever was heard behind them.
    static void awaitHeard(PairLab lab, Supplier<short[]> heard, List<ToneWord> words) {
        Poll.until(
                SOON,
                () ->
                        ToneDetector.listen(heard.get()).words().stream()
                                .limit(words.size())
                                .toList()
                                .equals(words),
                () ->
                        words
                                + " is heard, not "
                                + ToneDetector.listen(heard.get()).heard()
                                + lab.events().events()
                                + lab.gateway().log());
    }
}
