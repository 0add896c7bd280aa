package io.sandalphone.harness.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.TestGateway;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class SimulatedRunTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    @TempDir private Path folder;
    private SimulatedTwilio twilio;
    private TestGateway gateway;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void start() {
        twilio = SimulatedTwilio.start(VERTX.get());
        gateway = TestGateway.start(VERTX.get());
        twilio.reach().plainly(gateway.origin());
    }

    @AfterEach
    void stop() {
        twilio.close();
        gateway.close();
    }

    @Test
    void a_call_that_goes_well_is_told_line_by_line_and_its_sound_is_written() throws Exception {
        gateway.document(
                "/voice",
                "<Connect><Stream url='wss://%s/m'/></Connect>"
                        .formatted(gateway.origin().getAuthority()));

        assertTrue(run());

        assertTrue(printed().contains("STATUS in-progress"), printed());
        assertTrue(printed().contains("STREAM_OPENED MZ"), printed());
        assertTrue(printed().contains("caller heard "), printed());
        assertEquals(
                List.of(ToneWord.W1),
                ToneDetector.listen(twilio.phone("+15550199").said().pcm()).words());
        Wav heard = Wav.read(folder.resolve("caller.wav"));
        assertEquals(8000, heard.rate());
        assertTrue(heard.millis() >= 100, heard.millis() + " ms");
    }

    @Test
    void the_end_of_a_call_is_told_to_whoever_is_to_hear_of_it() throws Exception {
        gateway.document(
                "/voice",
                "<Connect><Stream url='wss://%s/m'/></Connect>"
                        .formatted(gateway.origin().getAuthority()));

        assertTrue(run(), printed());

        assertTrue(printed().contains("CALLBACK completed answered 204"), printed());
    }

    @Test
    void a_document_with_a_mistake_is_a_problem() throws Exception {
        gateway.document("/voice", "<Pause length='1' now='yes'/>");

        assertFalse(run());

        assertTrue(
                printed().contains("problem: DOCUMENT 12200 <Pause> has no attribute now"),
                printed());
    }

    @Test
    void a_call_that_is_not_connected_is_a_problem() throws Exception {
        gateway.document("/voice", "<Reject/>");

        assertFalse(run());

        assertTrue(printed().contains("caller was not connected"), printed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "twilio",
                "vonage --to http://127.0.0.1:1/v",
                "twilio --to gw.example.org",
                "twilio --to http://127.0.0.1:1/v --connect here",
                "twilio --to http://127.0.0.1:1/v --fault RAIN"
            })
    void a_wrong_command_line_ends_with_two(String line) {
        var command = SimulateCommand.commandLine();
        command.setErr(new PrintWriter(printed, true, StandardCharsets.UTF_8));

        assertEquals(2, command.execute(line.isEmpty() ? new String[0] : line.split(" ")));
        assertFalse(printed().isBlank());
    }

    private boolean run() throws Exception {
        Phone caller = twilio.phone("+15550199");
        return new SimulatedRun(twilio, new PrintStream(printed, true, StandardCharsets.UTF_8))
                .make(
                        new SimulatedRun.Plan(
                                new IncomingNumber("+15550100", gateway.origin() + "/voice")
                                        .withStatusUrl(gateway.origin() + "/status"),
                                caller,
                                ToneSpeech.USUAL.render(ToneWord.W1),
                                List.of(),
                                Duration.ofMillis(300),
                                folder));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
