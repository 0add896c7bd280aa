package io.sandalphone.harness.browser;

import io.sandalphone.harness.client.ClientPhone;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.LoopbackHttp;
import io.sandalphone.harness.lab.LoopbackHttp.Answer;
import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.TcpPort;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A gateway without Asterisk whose engines speak tones, callers at it who are no telephones, and a browser for its
/// operator.
final class OperatorLab implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ECHO = "+15550109999";

    /// Keeps all that the page is told, as it came.
    private static final String NOTES =
            """
            window.told = '';
            const parse = JSON.parse;
            JSON.parse = (text, ...more) => {
              window.told += text;
              return parse(text, ...more);
            };
            """;

    final ControllerProcess gateway;
    final int port = TcpPort.free();
    private final Vertx vertx = Vertx.vertx();
    private final LoopbackHttp world;
    private final Chromium browser = Chromium.withoutMicrophone();
    private final List<ClientPhone> phones = new ArrayList<>();

    /// With `captions` operators see what is said.
    OperatorLab(boolean captions) {
        int worldPort = TcpPort.free();
        world =
                new LoopbackHttp(
                        Network.ofThisMachine(),
                        worldPort,
                        Map.of(
                                "Authorization",
                                "Bearer " + ControllerSettings.TOKEN,
                                "Content-Type",
                                "application/json"));
        gateway =
                ControllerProcess.alone(
                        ControllerSettings.tones()
                                .limit(250)
                                .with("routes: {\"%s\": {service: echo}}".formatted(ECHO))
                                .with("captions: {live: %s}".formatted(captions))
                                .with(
                                        "public-http: {listen: 127.0.0.1, port: %d}"
                                                .formatted(worldPort))
                                .with("clients: {}"),
                        port,
                        ControllerProgram.QUICK);
    }

    /// Makes `count` calls at the echo, of a telephone system that brings and fetches no sound.
    void callEcho(int count) {
        for (int i = 0; i < count; i++) {
            Answer answer =
                    world.request(
                            "POST",
                            "/asterisk/inbound",
                            "{\"from\":\"+1212555%04d\",\"to\":\"%s\",\"format\":\"ulaw\"}"
                                    .formatted(i, ECHO));
            if (answer.status() != 201) {
                throw new AssertionError("a call is not taken: " + answer);
            }
        }
    }

    /// Two who meet; the one who speaks English says `word` again and again. Gives the call's id.
    String talk(ToneWord word) {
        String callId = UUID.randomUUID().toString();
        ClientPhone english = enter(callId, "en");
        ClientPhone spanish = enter(callId, "es");
        Poll.until(
                SOON,
                () -> english.isTalking() && spanish.isTalking(),
                () -> "the two talk: " + english.words() + spanish.words());
        english.repeat(ToneSpeech.USUAL.render(word, word, word));
        return callId.replace("-", "");
    }

    private ClientPhone enter(String callId, String language) {
        Answer answer =
                world.request(
                        "POST",
                        "/tickets",
                        "{\"callId\":\"%s\",\"language\":\"%s\",\"minutes\":30}"
                                .formatted(callId, language));
        ClientPhone phone =
                ClientPhone.enter(
                        vertx, world.port(), callId, answer.json().path("ticket").asText());
        phones.add(phone);
        return phone;
    }

    /// Nobody is in a call any more.
    void hangUp() {
        phones.forEach(ClientPhone::close);
        phones.clear();
        gateway.delete("/calls");
        gateway.awaitIdle(SOON);
    }

    /// The page, as somebody finds it who has not signed in.
    BrowserPage open() {
        BrowserPage page = browser.open("http://127.0.0.1:" + port + "/", NOTES);
        page.await("!document.getElementById('sign-in').hidden");
        return page;
    }

    static void signIn(BrowserPage page, String token) {
        page.evaluate("document.getElementById('token').value = '" + token + "'");
        page.evaluate("document.querySelector('#sign-in button').click()");
    }

    /// The page of an operator who has signed in.
    BrowserPage live() {
        BrowserPage page = open();
        signIn(page, ControllerSettings.TOKEN);
        awaitState(page, "live");
        return page;
    }

    static void awaitState(BrowserPage page, String state) {
        page.await("document.getElementById('connection').dataset.state === '" + state + "'");
    }

    /// A JavaScript expression for what `part` of the row of `call` is.
    static String part(String call, String part) {
        return "document.querySelector('[data-call=\"%s\"] [data-is=%s]')".formatted(call, part);
    }

    static void awaitCalls(BrowserPage page, int count) {
        page.await("document.querySelectorAll('#calls > li').length === " + count);
    }

    @Override
    public void close() {
        phones.forEach(ClientPhone::close);
        browser.close();
        gateway.close();
        vertx.close().await();
    }
}
