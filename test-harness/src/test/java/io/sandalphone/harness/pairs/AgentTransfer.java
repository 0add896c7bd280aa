package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.agents.ToneConversation;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatFake;
import io.sandalphone.harness.fakes.chat.ChatModel;
import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.fakes.chat.OpenAiAccount;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.lab.NetworkVertx;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What must hold of an agent that puts its callers through to people, whatever carries both. A model tells by what the caller says
/// to whom; each of those is the destination of a line of their own.
final class AgentTransfer implements AutoCloseable {
    /// Whom the caller may ask for: by which word, and of which line they are the destination.
    private enum Whom {
        SPANIARD(ToneWord.W1, 1),
        NOBODY(ToneWord.W2, 2),
        SLOW(ToneWord.W3, 3),
        HASTY(ToneWord.W4, 4),
        NEIGHBOUR(ToneWord.W8, 8);

        private final ToneWord word;
        private final int line;

        Whom(ToneWord word, int line) {
            this.word = word;
            this.line = line;
        }

        /// As the agent knows them.
        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Their place among the agent's people: YAML.
        private String person(String via) {
            return "%s: {destination: \"%s\"%s%s}"
                    .formatted(
                            key(),
                            new Line(line).destination(),
                            this == SPANIARD ? ", language: es" : "",
                            via);
        }
    }

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ToneSpeech SAID = ToneSpeech.USUAL.withWord(Duration.ofMillis(400));

    /// The greeting, and that the caller is put through.
    private static final List<ToneWord> PUT_THROUGH =
            List.of(ToneWord.W7, ToneWord.W8, ToneWord.W5);

    private final Vertx vertx;
    private final ChatFake model;
    private final PairLab lab;

    private AgentTransfer(Pair pair, Optional<AsteriskHost> host, String people, String whenFailing)
            throws Exception {
        Network network = host.<Network>map(AsteriskHost::vps).orElse(Network.ofThisMachine());
        vertx = NetworkVertx.in(network);
        model =
                network.call(
                        () ->
                                ChatFake.openAi(
                                        vertx,
                                        FakeOptions.PLAIN,
                                        ChatModel.instant(script()),
                                        OpenAiAccount.OWN_SERVER));
        lab =
                ToneConversation.open(
                        pair,
                        host,
                        """
                        agent-defaults:
                          brain: [openai]
                          sentences: {connecting: wee, nobody-free: wff wff}
                          transfer: {to: {%s}, when-failing: %s}
                        brains: {openai: {base-url: "%s/v1", model: fake-mini}}
                        route-defaults: {ring-timeout: 5s}
                        """
                                .formatted(people, whenFailing, model.address()),
                        ControllerProgram.QUICK);
    }

    /// With people who are rung as the caller is, by telephone.
    static AgentTransfer open(Kind kind, Optional<AsteriskHost> host) throws Exception {
        return open(Pair.alike(kind), host, "");
    }

    /// With people who are rung at a carrier of their own, whatever the caller's.
    static AgentTransfer across(Pair pair, Optional<AsteriskHost> host) throws Exception {
        return open(pair, host, ", via: " + pair.destination().carrier());
    }

    private static AgentTransfer open(Pair pair, Optional<AsteriskHost> host, String via)
            throws Exception {
        return new AgentTransfer(
                pair,
                host,
                Stream.of(Whom.values())
                        .map(whom -> whom.person(via))
                        .collect(Collectors.joining(", ")),
                Whom.NEIGHBOUR.key());
    }

    /// With one person, at a browser that stands by.
    static AgentTransfer withBrowser(Kind kind) throws Exception {
        return new AgentTransfer(
                Pair.alike(kind),
                Optional.empty(),
                "spaniard: {destination: browser, language: es}",
                "none");
    }

    /// Who is asked for hears W4 of why; who is hasty, a lot.
    private static ChatScript script() {
        ChatScript.Rules script = ChatScript.otherwise(ChatReply.says("wcc"));
        for (Whom whom : Whom.values()) {
            String reason = whom == Whom.HASTY ? "wdd wdd wdd wdd wdd wdd wdd wdd" : "wdd";
            script = script.when(whom.word.text(), transfer(whom.key(), reason));
        }
        return script;
    }

    private static ChatReply transfer(String to, String reason) {
        return ChatReply.calls(
                "transfer_to_person", new JsonObject().put("to", to).put("reason", reason));
    }

    PairLab lab() {
        return lab;
    }

    Vertx vertx() {
        return vertx;
    }

    /// Somebody calls, is greeted, asks for somebody, and is told that they are put through.
    private PairPhone asks(Whom whom) {
        PairPhone caller = lab.call(whom.line);
        caller.awaitUp(SOON);
        awaitHeard(caller, PUT_THROUGH.subList(0, 2));
        untilSilent(caller);
        caller.say(SAID.render(whom.word));
        awaitHeard(caller, PUT_THROUGH);
        return caller;
    }

    /// What begins to be heard is heard to its end.
    private static void untilSilent(PairPhone caller) {
        caller.awaitHeardUntil(System.nanoTime() + Duration.ofMillis(800).toNanos(), SOON);
    }

    PairPhone asksForTheSpaniard() {
        return asks(Whom.SPANIARD);
    }

    /// Waits until these words were heard first, whatever was heard behind them.
    private void awaitHeard(PairPhone phone, List<ToneWord> words) {
        Poll.until(
                SOON,
                () -> words(phone).stream().limit(words.size()).toList().equals(words),
                () -> words + " is heard, not " + words(phone) + lab.gateway().log());
    }

    /// A word counts once however often it is said on end, since a gap on a busy machine makes two of one.
    private static List<ToneWord> words(PairPhone phone) {
        List<ToneWord> words = new ArrayList<>();
        for (ToneWord word : ToneDetector.listen(phone.heard().pcm()).words()) {
            if (words.isEmpty() || words.getLast() != word) {
                words.add(word);
            }
        }
        return words;
    }

    private void awaitWord(PairPhone phone, ToneWord word) {
        Poll.until(
                SOON,
                () -> words(phone).contains(word),
                () -> word + " is heard, not " + words(phone) + lab.gateway().log());
    }

    /// The person hears why in their language, then the two talk, each understood by the other.
    void isJoinedAndInterpreted() {
        PairPhone caller = asks(Whom.SPANIARD);
        PairPhone person = lab.awaitRung(Whom.SPANIARD.line, SOON);
        person.awaitUp(SOON);
        awaitHeard(person, List.of(ToneWord.V4));
        talkInterpreted(caller, person);
        caller.hangUp();
        over();
    }

    /// Both say something, and are heard translated.
    void talkInterpreted(PairPhone caller, PairPhone person) {
        awaitState("talking");
        caller.say(SAID.render(ToneWord.W6));
        awaitWord(person, ToneWord.V6);
        person.say(SAID.render(ToneWord.V2));
        awaitWord(caller, ToneWord.W2);
        assertTrue(words(person).contains(ToneWord.W6), "their own voice too: " + words(person));
        assertFalse(words(caller).contains(ToneWord.V4), "why they are called: " + words(caller));
    }

    /// Nobody interprets two who speak one language.
    void isJoinedWithoutAnInterpreter() {
        PairPhone caller = asks(Whom.NEIGHBOUR);
        PairPhone person = lab.awaitRung(Whom.NEIGHBOUR.line, SOON);
        person.awaitUp(SOON);
        awaitHeard(person, List.of(ToneWord.W4));
        awaitState("talking");
        caller.say(SAID.render(ToneWord.W6));
        awaitHeard(person, List.of(ToneWord.W4, ToneWord.W6));
        person.say(SAID.render(ToneWord.W2));
        awaitHeard(caller, with(ToneWord.W2));
        person.hangUp();
        over();
        assertEquals(
                List.of(ToneWord.W4, ToneWord.W6), words(person), "nothing else was said to them");
    }

    private static List<ToneWord> with(ToneWord... words) {
        return Stream.concat(PUT_THROUGH.stream(), Arrays.stream(words)).toList();
    }

    /// Nobody answers: the agent is back and goes on.
    void comesBackWhenNobodyAnswers() {
        lab.answerWhenTold(Whom.NOBODY.line, true);
        PairPhone caller = asks(Whom.NOBODY);
        PairPhone person = lab.awaitRung(Whom.NOBODY.line, SOON);
        awaitHeard(caller, with(ToneWord.W6));
        person.awaitEnded(SOON);
        untilSilent(caller);
        caller.say(SAID.render(ToneWord.W5));
        awaitHeard(caller, with(ToneWord.W6, ToneWord.W3));
        caller.hangUp();
        over();
    }

    /// The person hangs up while they hear why: the agent is back.
    void comesBackWhenThePersonIsGone() {
        PairPhone caller = asks(Whom.HASTY);
        PairPhone person = lab.awaitRung(Whom.HASTY.line, SOON);
        awaitHeard(person, List.of(ToneWord.W4));
        person.hangUp();
        awaitHeard(caller, with(ToneWord.W6));
        caller.hangUp();
        over();
    }

    /// The caller hangs up while it rings: it stops. Gives how soon, in milliseconds.
    long stopsRinging() {
        lab.answerWhenTold(Whom.SLOW.line, true);
        PairPhone caller = asks(Whom.SLOW);
        PairPhone person = lab.awaitRung(Whom.SLOW.line, SOON);
        caller.hangUp();
        long hungUp = System.nanoTime();
        long ended = person.awaitEnded(SOON);
        over();
        return (ended - hungUp) / 1_000_000;
    }

    /// The model fails three times in a row: a person gets the caller.
    void handsOverWhenItFails() {
        PairPhone caller = lab.call(Whom.NEIGHBOUR.line);
        caller.awaitUp(SOON);
        awaitHeard(caller, PUT_THROUGH.subList(0, 2));
        model.inject(Fault.SERVER_ERROR);
        try {
            List<ToneWord> heard = new ArrayList<>(PUT_THROUGH.subList(0, 2));
            heard.add(ToneWord.W3);
            for (int failures = 0; failures < 2; failures++) {
                untilSilent(caller);
                caller.say(SAID.render(ToneWord.W6));
                awaitFailures(failures + 1);
                awaitHeard(caller, heard);
            }
            untilSilent(caller);
            caller.say(SAID.render(ToneWord.W6));
            heard.add(ToneWord.W5);
            awaitHeard(caller, heard);
        } finally {
            model.recover();
        }
        PairPhone person = lab.awaitRung(Whom.NEIGHBOUR.line, SOON);
        person.awaitUp(SOON);
        awaitState("talking");
        caller.say(SAID.render(ToneWord.W2));
        awaitWord(person, ToneWord.W2);
        caller.hangUp();
        over();
    }

    private void awaitFailures(int count) {
        Poll.until(
                SOON,
                () -> lab.gateway().log().split("agent could not answer", -1).length > count,
                () -> count + " answers failed: " + lab.gateway().log());
    }

    /// The gateway is killed while the two talk, who are at one Asterisk: they talk on.
    void talksOnWithoutTheGateway() {
        PairPhone caller = asks(Whom.SPANIARD);
        PairPhone person = lab.awaitRung(Whom.SPANIARD.line, SOON);
        awaitHeard(person, List.of(ToneWord.V4));
        awaitState("talking");
        long killed = System.nanoTime();
        lab.gateway().kill();
        caller.repeat(SAID.render(ToneWord.W3));
        person.repeat(SAID.render(ToneWord.V5));
        Scenarios.awaitHeard(person, killed, ToneWord.W3);
        Scenarios.awaitHeard(caller, killed, ToneWord.V5);
        caller.hangUp();
        lab.awaitNobodyLeft(SOON);
    }

    /// The gateway is killed while the two talk, who are at one carrier of media streams: each is released, and nobody waits in a room.
    void isReleasedWithoutTheGateway() {
        PairPhone caller = asks(Whom.SPANIARD);
        PairPhone person = lab.awaitRung(Whom.SPANIARD.line, SOON);
        awaitHeard(person, List.of(ToneWord.V4));
        awaitState("talking");
        lab.gateway().kill();
        caller.awaitEnded(SOON);
        person.awaitEnded(SOON);
        assertEquals(List.of(), Scenarios.roomsOf(caller));
        assertEquals(List.of(), Scenarios.roomsOf(person));
        lab.awaitNobodyLeft(SOON);
    }

    void awaitState(String state) {
        Poll.until(
                SOON,
                () -> lab.gateway().sessions().at("/0/state").asText().equals(state),
                () -> state + ": " + lab.gateway().sessions() + lab.gateway().log());
    }

    /// Nobody and nothing is left.
    void over() {
        lab.awaitNobodyLeft(SOON);
        lab.gateway().awaitIdle(SOON);
        assertEquals(List.of(), lab.problems());
    }

    @Override
    public void close() {
        try {
            lab.close();
        } finally {
            try {
                model.close();
            } finally {
                vertx.close().await();
            }
        }
    }
}
