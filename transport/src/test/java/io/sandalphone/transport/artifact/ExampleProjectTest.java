package io.sandalphone.transport.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.SimulatedCarrier;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.audio.AudioServer;
import io.sandalphone.harness.fakes.audio.Ear;
import io.sandalphone.harness.fakes.audio.OpenAiAudio;
import io.sandalphone.harness.fakes.audio.PiperServer;
import io.sandalphone.harness.fakes.chat.ChatFake;
import io.sandalphone.harness.fakes.chat.ChatModel;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.fakes.chat.OllamaHost;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.telnyx.SimulatedTelnyx;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

/// The published artifact, as somebody elsewhere builds and runs a program on it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleProjectTest {
    private static final String NUMBER = "+12125550100";
    private static final String OTHER = "+12125550101";
    private static final String HOST = "gw.example.org";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ToneSpeech VOICE = ToneSpeech.USUAL;

    /// What stands beside the library on the class path of who uses it, by the beginnings of the jars' names.
    private static final List<String> LIBRARIES =
            List.of(
                    "HdrHistogram",
                    "LatencyUtils",
                    "bucket4j",
                    "jackson-",
                    "jspecify",
                    "libphonenumber",
                    "micrometer-",
                    "netty-",
                    "slf4j-api",
                    "transport-",
                    "vertx-");

    private final Vertx vertx = Vertx.vertx();
    private ExampleProject example;

    @BeforeAll
    void build() throws Exception {
        example = ExampleProject.build();
    }

    @AfterAll
    void closeVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void reaches(SimulatedCarrier carrier, RunningExample program, String number) {
        carrier.reach().map(HOST, new Reach.Place("127.0.0.1", program.port(), false));
        carrier.number(new IncomingNumber(number, program.webhook()));
    }

    private static List<ToneWord> words(Phone phone) {
        return phone.recordings().isEmpty()
                ? List.of()
                : ToneDetector.listen(phone.heard().pcm()).words();
    }

    /// A machine that is busy plays with gaps, which part a word and sound like others.
    private static boolean inOrder(List<ToneWord> heard, ToneWord... words) {
        int found = 0;
        for (ToneWord each : heard) {
            found += found < words.length && each == words[found] ? 1 : 0;
        }
        return found == words.length;
    }

    /// Waits until sound goes in both directions.
    private static void answered(SimulatedCall call) {
        Poll.until(
                PATIENCE,
                () -> !call.streams().isEmpty() && call.streams().getFirst().mediaReceived() > 10,
                "an answer");
    }

    private static void hears(Phone phone, SimulatedCarrier carrier, ToneWord... words) {
        Poll.until(
                PATIENCE,
                () -> inOrder(words(phone), words),
                () -> List.of(words) + "; heard was " + words(phone) + carrier.journal().all());
    }

    @Test
    void the_artifact_is_small_and_brings_few_libraries() throws Exception {
        Path jar = Path.of(System.getProperty("transport.jar"));
        assertTrue(Files.size(jar) < 600_000, () -> "bytes: " + jar.toFile().length());
        try (var zip = new ZipFile(jar.toFile())) {
            assertTrue(
                    zip.stream().noneMatch(each -> each.getName().startsWith("io/sandalphone/app")),
                    "the application is in it");
        }
        List<String> jackson =
                example.libraries().stream().filter(each -> each.startsWith("jackson-")).toList();
        assertEquals(3, jackson.size(), jackson::toString);
        assertTrue(jackson.stream().allMatch(each -> each.contains("-2.")), jackson::toString);
        assertEquals(
                List.of(),
                example.libraries().stream()
                        .filter(each -> LIBRARIES.stream().noneMatch(each::startsWith))
                        .toList());
    }

    @Test
    void the_echo_says_back_what_a_caller_at_twilio_says() throws Exception {
        try (SimulatedTwilio carrier = SimulatedTwilio.start(vertx);
                RunningExample echo = example.run("Echo", twilio(carrier, "NUMBER"))) {
            reaches(carrier, echo, NUMBER);
            Phone caller = carrier.phone("+12125550199");
            answered(carrier.call(caller, NUMBER));
            caller.say(VOICE.render(ToneWord.W1, ToneWord.V2, ToneWord.W3));

            hears(caller, carrier, ToneWord.W1, ToneWord.V2, ToneWord.W3);
            assertEquals(List.of(), carrier.journal().problems());
        }
    }

    private static Map<String, String> twilio(SimulatedTwilio carrier, String number) {
        Map<String, String> environment = new HashMap<>();
        environment.put(number, NUMBER);
        environment.put("TWILIO_ACCOUNT_SID", carrier.account().sid());
        environment.put("TWILIO_AUTH_TOKEN", carrier.account().authToken());
        environment.put("PUBLIC_URL", "https://" + HOST);
        environment.put("PORT", "0");
        return environment;
    }

    @Test
    void the_assistant_understands_answers_and_speaks_by_three_servers_at_both_carriers()
            throws Exception {
        var audio =
                new OpenAiAudio(
                        AudioServer.SPEACHES, Ear.tones(), SpeechGenerator.singing(VOICE), false);
        var voice = new PiperServer(SpeechGenerator.singing(VOICE), Duration.ZERO);
        try (HttpFake whisper = HttpFake.start(vertx, FakeOptions.PLAIN, HttpFake.INSTANT, audio);
                ChatFake ollama =
                        ChatFake.ollama(
                                vertx,
                                FakeOptions.PLAIN,
                                ChatModel.instant(ChatScript.echo()),
                                OllamaHost.USUAL);
                HttpFake piper = HttpFake.start(vertx, FakeOptions.PLAIN, HttpFake.INSTANT, voice);
                SimulatedTwilio twilio = SimulatedTwilio.start(vertx);
                SimulatedTelnyx telnyx = SimulatedTelnyx.start(vertx)) {
            Map<String, String> environment = twilio(twilio, "TWILIO_NUMBER");
            environment.put("TELNYX_NUMBER", OTHER);
            environment.put("TELNYX_PUBLIC_KEY", telnyx.keys().publicKey());
            environment.put("WHISPER_URL", whisper.address().toString());
            environment.put("WHISPER_MODEL", "Systran/faster-whisper-small");
            environment.put("OLLAMA_URL", ollama.address().toString());
            environment.put("OLLAMA_MODEL", "fake:4b");
            environment.put("PIPER_URL", piper.address().toString());
            try (RunningExample assistant = example.run("Assistant", environment)) {
                converses(twilio, assistant, NUMBER, ToneWord.W1, ToneWord.W4);
                converses(telnyx, assistant, OTHER, ToneWord.W2, ToneWord.W5);
            }
        }
        assertEquals(2, audio.heard().size());
        assertEquals(16_000, audio.heard().getFirst().rate());
        assertEquals(
                List.of("Hello! How can I help?", "waa wdd", "Hello! How can I help?", "wbb wee"),
                voice.said().stream().map(each -> each.text()).toList());
    }

    private static void converses(
            SimulatedCarrier carrier, RunningExample assistant, String number, ToneWord... words) {
        reaches(carrier, assistant, number);
        Phone caller = carrier.phone("+12125550199");
        answered(carrier.call(caller, number));
        caller.say(VOICE.render(words));

        hears(caller, carrier, words);
        caller.hangUp();
    }

    @Test
    void the_page_shows_the_echo_as_it_is() throws Exception {
        String page = Files.readString(Path.of("../controller/docs/transport.md"));
        String echo =
                Files.readString(Path.of("example/src/main/java/org/example/calls/Echo.java"));

        assertTrue(page.contains("```java\n" + echo + "```\n"), "transport.md shows another Echo");
        String program = echo.substring(echo.indexOf("public final class"));
        assertTrue(program.lines().count() <= 20, "more than 20 lines");
    }
}
