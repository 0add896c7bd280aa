package io.sandalphone.harness.pairs;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.client.ClientPhone;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.LoopbackHttp;
import io.sandalphone.harness.lab.LoopbackHttp.Answer;
import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.measure.SoundTimeline;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Browsers, or what speaks as they do, that come by links of the gateway: one that calls the line's number,
/// or two that meet.
final class ClientPhones implements Phones {
    private final Vertx vertx;
    private final LoopbackHttp http;
    private final boolean meeting;
    private final List<ClientPhone> phones = new CopyOnWriteArrayList<>();
    private final Map<Line, String> calls = new ConcurrentHashMap<>();

    /// The gateway's public listener has `publicPort` on loopback of `network`, in which `vertx` lives.
    /// With `meeting` the line's destination is a browser too, else its number is called.
    ClientPhones(Vertx vertx, Network network, int publicPort, boolean meeting) {
        this.vertx = vertx;
        this.meeting = meeting;
        http =
                new LoopbackHttp(
                        network,
                        publicPort,
                        Map.of("Authorization", "Bearer " + ControllerSettings.TOKEN));
    }

    @Override
    public String settings() {
        return "clients: {}";
    }

    @Override
    public PairPhone call(Line line) {
        String callId = UUID.randomUUID().toString();
        calls.put(line, callId);
        return enter(
                callId,
                "en",
                meeting
                        ? ""
                        : ",\"to\":\"%s\",\"from\":\"%s\"".formatted(line.called(), line.caller()));
    }

    private PairPhone enter(String callId, String language, String more) {
        Answer answer =
                http.request(
                        "POST",
                        "/tickets",
                        "{\"callId\":\"%s\",\"language\":\"%s\",\"minutes\":30%s}"
                                .formatted(callId, language, more));
        if (answer.status() != 201) {
            throw new AssertionError("no ticket: " + answer);
        }
        ClientPhone phone =
                ClientPhone.enter(
                        vertx, http.port(), callId, answer.json().path("ticket").asText());
        phones.add(phone);
        return new Side(phone);
    }

    /// Nobody is rung: whoever was asked to the meeting comes.
    @Override
    public PairPhone awaitRung(Line line, Duration patience) {
        return enter(Optional.ofNullable(calls.get(line)).orElseThrow(), "es", "");
    }

    @Override
    public void answerWhenTold(Line line, boolean whenTold) {
        if (whenTold) {
            throw new UnsupportedOperationException("a browser rings for nobody");
        }
    }

    @Override
    public boolean isCallOf(Line line, JsonNode session) {
        String callId = calls.get(line);
        return callId != null && session.path("id").asText().equals(callId.replace("-", ""));
    }

    @Override
    public void failRest(int requests) {
        throw new UnsupportedOperationException("a browser has no REST interface");
    }

    @Override
    public List<String> left() {
        return phones.stream()
                .filter(phone -> !phone.isOver())
                .map(phone -> "client " + phone.words())
                .toList();
    }

    @Override
    public void forgetEnded() {
        List<ClientPhone> over = phones.stream().filter(ClientPhone::isOver).toList();
        over.forEach(ClientPhone::close);
        phones.removeAll(over);
    }

    @Override
    public List<String> problems() {
        return List.of();
    }

    @Override
    public void close() {
        phones.forEach(ClientPhone::close);
    }

    /// One of them in a call.
    record Side(ClientPhone phone) implements PairPhone {
        @Override
        public boolean isUp() {
            return phone.isTalking();
        }

        @Override
        public long endedNanos() {
            return phone.isOver() ? phone.endedNanos() : -1;
        }

        @Override
        public void answer() {
            // It came by itself.
        }

        @Override
        public void hangUp() {
            phone.hangUp();
        }

        @Override
        public long say(short[] pcm) {
            return phone.say(pcm);
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
            throw new UnsupportedOperationException("a browser has no keys");
        }

        @Override
        public SoundTimeline heard() {
            return phone.heard();
        }

        @Override
        public String history() {
            return "client " + phone.words();
        }
    }
}
