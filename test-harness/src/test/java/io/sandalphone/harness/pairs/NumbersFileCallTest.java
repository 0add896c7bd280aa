package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.carrier.CallStatus;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.TcpPort;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/// Calls to numbers of a numbers file that changes under them, over a whole gateway.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NumbersFileCallTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String NUMBER = "+12125550131";
    private static final String USUAL =
            "dids:\n  \"%s\": {agent: desk, greeting: \"wee\"}\n".formatted(NUMBER);

    @TempDir private static Path folder;
    private final Vertx vertx = Vertx.vertx();
    private Path path;
    private SimulatedTwilio twilio;
    private ControllerProcess gateway;

    @BeforeAll
    void start() throws Exception {
        path = Files.writeString(folder.resolve("numbers.yaml"), USUAL);
        twilio = SimulatedTwilio.start(vertx);
        int port = TcpPort.free();
        twilio.reach().map("gw.example.org", new Reach.Place("127.0.0.1", port, false));
        twilio.number(new IncomingNumber(NUMBER, "https://gw.example.org/voice/incoming"));
        gateway =
                ControllerProcess.alone(
                        ControllerSettings.tones()
                                .engine("tone", "word", "400ms")
                                .with(
                                        """
                                        numbers-file: "%s"
                                        agents:
                                          desk:
                                            greeting: "wgg whh"
                                            pause: 600ms
                                            sentences: {patience: wcc, filler: wcc, sorry: wcc,
                                                        give-up: wcc, goodbye: wcc}
                                        public-http: {listen: 127.0.0.1, port: %d}
                                        public-url: https://gw.example.org
                                        twilio:
                                          account-sid: %s
                                          auth-token: "%s"
                                          phone-number: "%s"
                                          api-url: "%s"
                                        """
                                                .formatted(
                                                        path,
                                                        port,
                                                        twilio.account().sid(),
                                                        twilio.account().authToken(),
                                                        NUMBER,
                                                        twilio.api())),
                        TcpPort.free(),
                        ControllerProgram.QUICK);
    }

    @AfterEach
    void hangUp() {
        List.copyOf(twilio.liveCalls()).forEach(call -> twilio.phone(call.from()).hangUp());
        gateway.awaitIdle(SOON);
    }

    @AfterAll
    void stop() {
        gateway.close();
        twilio.close();
        vertx.close().await();
    }

    /// Writes the file as editors do, and waits until it was read.
    private void change(String text, String result) throws Exception {
        String meter = "sandalphone_numbers_reloads_total{result=\"" + result + "\"}";
        double before = gateway.metric(meter);
        Path next = Files.writeString(folder.resolve("numbers.yaml~"), text);
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        Poll.until(
                SOON,
                () -> gateway.metric(meter) > before,
                () -> "the change is seen" + gateway.log());
    }

    private Phone calls(String from) {
        Phone phone = twilio.phone(from);
        SimulatedCall call = twilio.call(phone, NUMBER);
        assertEquals(NUMBER, call.to());
        return phone;
    }

    private void hears(Phone phone, ToneWord... words) {
        Poll.until(
                SOON,
                () ->
                        !phone.recordings().isEmpty()
                                && ToneDetector.listen(phone.heard().pcm())
                                        .words()
                                        .equals(List.of(words)),
                () -> List.of(words) + " is heard; " + twilio.journal().all() + gateway.log());
    }

    @Test
    void calls_keep_what_they_began_with_and_the_next_one_has_what_the_file_says_now()
            throws Exception {
        change(USUAL, "loaded");
        Phone first = calls("+12125550191");
        hears(first, ToneWord.W5);
        change(USUAL.replace("wee", "wff"), "loaded");
        assertTrue(first.call().isPresent(), "the first goes on");
        hears(calls("+12125550192"), ToneWord.W6);
        assertTrue(first.call().isPresent(), "the first goes on");

        change(USUAL.replace("desk", "nobody"), "refused");
        hears(calls("+12125550193"), ToneWord.W6);
        assertEquals(422, gateway.post("/routes/reload", "").status(), "the operator is told why");
        assertEquals(200, gateway.get("/health").status(), "and calls can be made");
        assertTrue(gateway.get("/health").body().contains("numbers.yaml:2"), "the line is told");
        assertFalse(gateway.log().contains("2125550131"), "numbers are in no log");
    }

    @Test
    void outside_the_hours_a_caller_hears_a_sentence_and_is_released() throws Exception {
        String day =
                Instant.now()
                        .atZone(ZoneOffset.UTC)
                        .plusDays(3)
                        .getDayOfWeek()
                        .getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        change(
                USUAL.replace(
                        "}",
                        ", hours: {open: \"%s 09:00-10:00\", closed: \"wcc wdd\"}}".formatted(day)),
                "loaded");
        // Until it was voiced nobody hears it.
        Poll.until(
                SOON,
                () -> gateway.metric("sandalphone_cost_characters_total{service=\"spoken\"}") > 0,
                () -> "it is voiced" + gateway.log());
        Phone caller = calls("+12125550194");
        hears(caller, ToneWord.W3, ToneWord.W4);
        Poll.until(SOON, () -> caller.call().isEmpty(), "the caller is released");
        assertEquals(CallStatus.COMPLETED, twilio.calls().getLast().status(), gateway::log);
        assertTrue(
                gateway.metric("sandalphone_call_ended_total{reason=\"closed\",result=\"refused\"}")
                        >= 1);
    }
}
