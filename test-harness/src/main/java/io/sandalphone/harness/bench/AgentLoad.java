package io.sandalphone.harness.bench;

import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.TcpPort;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// Many calls at once of a simulated Twilio to an agent with tone engines, which says back what it understood, in a gateway of its own
/// process. Each caller says four words, hears them said back, and again. One thread.
final class AgentLoad implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final ToneSpeech VOICE = ToneSpeech.USUAL;
    private static final int WORDS = 4;

    /// The silence after it, in the time that so many words would take: the pause by which the end is known, the answer, and a moment.
    private static final int PAUSE_WORDS = 10;

    /// How long one turn of the two takes.
    static final Duration TURN = VOICE.lasting(WORDS + PAUSE_WORDS);

    private static final List<ToneWord> SAID = ToneWord.of(ToneWord.ENGLISH);

    private static final String AGENT =
            """
            agents:
              desk:
                pause: 600ms
                sentences: {patience: wcc, filler: wcc, sorry: wcc wcc, give-up: wcc wcc, goodbye: wcc}
            """;

    private final int calls;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final SimulatedTwilio twilio = SimulatedTwilio.start(vertx);
    private final LoadPhones phones = new LoadPhones();
    private final ControllerProcess controller;
    private final List<SimulatedCall> made = new ArrayList<>();
    private List<LoadPhone> own = List.of();
    private int said;
    private double turnsBefore;

    /// Starts the gateway.
    AgentLoad(int calls, ControllerProgram program) throws IOException {
        this.calls = calls;
        twilio.streamsBy(phones);
        var carrier = new LoadCarrier(twilio, TcpPort.free());
        var routes = new StringJoiner(", ", "routes: {", "}");
        for (int i = 0; i < calls; i++) {
            routes.add("\"%s\": {agent: desk}".formatted(LoadCarrier.called(i)));
            twilio.number(new IncomingNumber(LoadCarrier.called(i), LoadCarrier.WEBHOOK));
        }
        ControllerSettings settings =
                ControllerSettings.tones().limit(calls).with(AGENT).with(routes.toString());
        controller =
                ControllerProcess.alone(
                        carrier.settings(settings, LoadCarrier.called(0)), TcpPort.free(), program);
        Poll.until(SOON, carrier::reaches, () -> "the public listener is open");
    }

    ControllerProcess controller() {
        return controller;
    }

    /// All call, and are connected.
    void call() {
        int first = phones.all().size();
        for (int i = 0; i < calls; i++) {
            made.add(twilio.call(twilio.phone(LoadCarrier.caller(i)), LoadCarrier.called(i)));
        }
        awaitStreams(calls);
        Poll.until(
                SOON,
                () ->
                        controller.sessions().findValuesAsText("state").stream()
                                        .filter("attending"::equals)
                                        .count()
                                == calls,
                () -> "all are attended: " + controller.sessions());
        List<LoadPhone> all = phones.all();
        own = List.copyOf(all.subList(first, all.size()));
        said = 0;
        turnsBefore = turns();
    }

    private void awaitStreams(int streams) {
        Poll.until(
                SOON,
                () -> phones.numbers().size() == streams,
                () ->
                        "%d of %d streams are open; %s"
                                .formatted(
                                        phones.numbers().size(),
                                        streams,
                                        twilio.journal().problems()));
    }

    /// All say so many turns, spread evenly over one; none is waited for.
    void talk(int turns) {
        for (int i = 0; i < calls; i++) {
            LoadPhone phone = own.get(i);
            phone.say(silence((int) (TURN.toMillis() / 20) * i / calls));
            for (int turn = 0; turn < turns; turn++) {
                List<ToneWord> words = new ArrayList<>();
                for (int word = 0; word < WORDS; word++) {
                    words.add(SAID.get((i + turn + word) % SAID.size()));
                }
                phone.say(VOICE.render(words));
                phone.say(VOICE.silence(PAUSE_WORDS));
            }
        }
        said += turns * WORDS;
    }

    private static short[] silence(int frames) {
        return new short[frames * 160];
    }

    /// How many words were said in all calls.
    long wordsSaid() {
        return (long) said * calls;
    }

    /// How many were heard back.
    long wordsHeard() {
        return own.stream()
                .mapToLong(phone -> ToneDetector.listen(phone.heard()).words().size())
                .sum();
    }

    /// Waits until every turn was understood.
    void awaitTurns() {
        double wanted = turnsBefore + (double) said / WORDS * calls;
        Poll.until(
                SOON.plus(TURN.multipliedBy(said / WORDS + 1)),
                () -> turns() >= wanted,
                () -> turns() - turnsBefore + " turns were understood");
    }

    private double turns() {
        return Counters.of(controller).sum("sandalphone_agent_turns_total");
    }

    /// How many streams are open still.
    long up() {
        return own.stream().filter(LoadPhone::isUp).count();
    }

    /// All hang up, and nobody is left.
    void hangUp() {
        made.forEach(SimulatedCall::hangUp);
        made.clear();
        controller.awaitIdle(SOON);
        awaitStreams(0);
    }

    @Override
    public void close() throws IOException {
        try {
            controller.close();
        } finally {
            phones.close();
            twilio.close();
            vertx.close().await();
        }
    }
}
