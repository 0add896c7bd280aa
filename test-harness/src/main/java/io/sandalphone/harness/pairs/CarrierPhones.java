package io.sandalphone.harness.pairs;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.CallStatus;
import io.sandalphone.harness.carrier.CarrierFault;
import io.sandalphone.harness.carrier.Happening;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.SimulatedCarrier;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.SoundTimeline;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Telephones at a simulated carrier of media streams, whose numbers fall back to the destinations when
/// the gateway does not answer.
final class CarrierPhones implements Phones {
    /// The name by which the carrier reaches the gateway.
    static final String HOST = "gw.example.org";

    private final SimulatedCarrier carrier;
    private final String settings;
    private int problemsSeen;

    /// Numbers of `carrier` are announced at `webhook` of the gateway, whose public listener has
    /// `publicPort` on loopback. `settings` is the carrier's section of the gateway's settings.
    CarrierPhones(SimulatedCarrier carrier, String webhook, int publicPort, String settings) {
        this.carrier = carrier;
        this.settings = settings;
        carrier.reach().map(HOST, new Reach.Place("127.0.0.1", publicPort, false));
        for (int i = 0; i < Line.COUNT; i++) {
            var line = new Line(i);
            carrier.number(
                    new IncomingNumber(line.called(), "https://" + HOST + webhook)
                            .withFallbackDocument(
                                    "<Response><Dial>%s</Dial></Response>"
                                            .formatted(line.destination())));
            carrier.phone(line.destination());
        }
    }

    SimulatedCarrier carrier() {
        return carrier;
    }

    @Override
    public String settings() {
        return settings;
    }

    @Override
    public PairPhone call(Line line) {
        Phone phone = carrier.phone(line.caller());
        phone.hush();
        return new Side(carrier, phone, carrier.call(phone, line.called()));
    }

    @Override
    public PairPhone awaitRung(Line line, Duration patience) {
        Phone phone = carrier.phone(line.destination());
        phone.hush();
        Poll.until(
                patience,
                () -> phone.call().isPresent(),
                () -> line.destination() + " is rung; there was " + carrier.journal().all());
        return new Side(carrier, phone, phone.call().orElseThrow());
    }

    @Override
    public void answerWhenTold(Line line, boolean whenTold) {
        carrier.phone(line.destination())
                .answers(whenTold ? new Answering.WhenTold() : new Answering.After(Duration.ZERO));
    }

    @Override
    public boolean isCallOf(Line line, JsonNode session) {
        return session.path("caller").asText().equals(line.callerShown());
    }

    @Override
    public void failRest(int requests) {
        carrier.faults().strike(CarrierFault.FAILS_BEFORE, requests);
    }

    @Override
    public List<String> left() {
        return carrier.liveCalls().stream()
                .map(
                        call ->
                                "call %s to %s, %s%s"
                                        .formatted(
                                                call.from(),
                                                call.to(),
                                                call.status(),
                                                call.room()
                                                        .map(room -> " in a room of " + size(room))
                                                        .orElse("")))
                .toList();
    }

    private int size(String room) {
        return carrier.roomSize(room);
    }

    @Override
    public void forgetEnded() {
        carrier.forgetEnded();
        problemsSeen = 0;
    }

    @Override
    public List<String> problems() {
        List<Happening> all = carrier.journal().problems();
        List<String> unseen =
                all.subList(problemsSeen, all.size()).stream().map(Happening::toString).toList();
        problemsSeen = all.size();
        return unseen;
    }

    @Override
    public void close() {
        carrier.close();
    }

    /// One of them in a call.
    record Side(SimulatedCarrier carrier, Phone phone, SimulatedCall call) implements PairPhone {
        @Override
        public boolean isUp() {
            return call.status() == CallStatus.IN_PROGRESS;
        }

        @Override
        public long endedNanos() {
            return call.status().ended() ? lastChange() : -1;
        }

        private long lastChange() {
            return carrier.journal().of(What.STATUS).stream()
                    .filter(each -> each.call().equals(call.id()))
                    .mapToLong(Happening::nanos)
                    .max()
                    .orElse(-1);
        }

        @Override
        public void answer() {
            phone.answer();
        }

        @Override
        public void hangUp() {
            call.hangUp();
        }

        @Override
        public long say(short[] pcm) {
            return phone.sayTimed(pcm);
        }

        @Override
        public void repeat(short[] pcm) {
            phone.repeat(pcm);
        }

        @Override
        public void hush() {
            phone.hush();
        }

        @Override
        public void press(char key) {
            call.press(key);
        }

        @Override
        public SoundTimeline heard() {
            return phone.recordings().stream()
                    .filter(each -> each.call().equals(call.id()))
                    .map(each -> each.heard())
                    .findFirst()
                    .orElse(new SoundTimeline(System.nanoTime(), new short[0]));
        }

        /// The rooms that it was in.
        List<Happening> rooms() {
            return carrier.journal().of(What.VERB).stream()
                    .filter(each -> each.call().equals(call.id()))
                    .filter(each -> each.detail().startsWith("Dial Conference"))
                    .toList();
        }

        /// When it was brought to somebody by SIP, who took it.
        List<Happening> comings() {
            return carrier.journal().of(What.STATUS).stream()
                    .filter(each -> each.call().equals(call.id()))
                    .filter(each -> each.detail().endsWith("SIP answered"))
                    .toList();
        }

        @Override
        public String history() {
            return carrier.journal().all().stream()
                    .filter(each -> each.call().equals(call.id()))
                    .map(Happening::toString)
                    .collect(Collectors.joining("\n", "call " + call.id() + "\n", ""));
        }
    }
}
