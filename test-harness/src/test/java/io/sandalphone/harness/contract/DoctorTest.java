package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;

import io.sandalphone.app.Main;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.FakeTls;
import io.sandalphone.harness.fakes.assemblyai.AssemblyAiFake;
import io.sandalphone.harness.fakes.google.GoogleAccount;
import io.sandalphone.harness.fakes.polly.PollyAccount;
import io.sandalphone.harness.lab.Poll;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What the program says of settings that do not fit the vendors' services: `doctor` and the start of
/// the controller, against the fakes.
class DoctorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WRONG = "a-secret-that-is-wrong";

    private static final List<String> SECRETS =
            List.of(
                    AssemblyAiFake.KEY,
                    GoogleAccount.USUAL.apiKey(),
                    PollyAccount.USUAL.accessKeyId(),
                    PollyAccount.USUAL.secretAccessKey(),
                    "PRIVATE KEY",
                    "hunter2",
                    "0123456789abcdef",
                    WRONG);

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "SANDALPHONE_ARI_PASSWORD", "hunter2",
                    "SANDALPHONE_TOKEN", "0123456789abcdef");

    @TempDir private Path folder;
    private FakedProviders providers = new FakedProviders(FakeOptions.PLAIN);
    private final HttpServer asterisk;

    DoctorTest() throws IOException {
        asterisk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/ari/bridges", "[]");
        answer("/metrics", "asterisk_endpoints_state{id=\"PJSIP/voipms\"} 2\n");
    }

    private void answer(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        asterisk.createContext(
                path,
                exchange -> {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
    }

    @BeforeEach
    void start() {
        asterisk.start();
    }

    @AfterEach
    void stop() {
        asterisk.stop(0);
        providers.close();
    }

    /// What a program said, and its exit code.
    private record Said(int code, String text) {}

    @ParameterizedTest
    @CsvSource({"v2", "v3"})
    void what_works_is_said_line_by_line_and_gives_0(String api) throws Exception {
        Said said = doctor("{google: {api: " + api + "}, polly: {}}");
        assertEquals(0, said.code(), said::text);
        for (String part :
                List.of("transcriber assemblyai", "translator google", "synthesizer polly")) {
            assertTrue(said.text().contains("ok       " + part), said::text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "assemblyai: {api-key: a-secret-that-is-wrong}    | assemblyai.api-key",
                "assemblyai: {model: universal-9}                 | assemblyai.model",
                "assemblyai: {endpoint: 'ws://127.0.0.1:1/v3/ws'} | assemblyai.endpoint",
                "google: {api-key: a-secret-that-is-wrong}        | google.api-key",
                "google: {endpoint: 'http://127.0.0.1:1'}         | google.endpoint",
                "google: {api: v3, endpoint: 'http://127.0.0.1:1'}| google.endpoint",
                "google: {api: v3, credentials: /nowhere.json}    | google.credentials",
                "google: {api: v3, project: somebody-elses}       | google.project",
                "google: {api: v3, location: mars-north1}         | google.location",
                "google: {api: v3, model: translation-xl}         | google.model",
                "google: {api: v3, location: us-central1, glossaries: {en-es: lost}}"
                        + " | google.glossaries.en-es",
                "polly: {access-key-id: a-secret-that-is-wrong}   | polly.access-key-id",
                "polly: {secret-access-key: a-secret-that-is-wrong} | polly.secret-access-key",
                "polly: {region: eu-west-1}                       | polly.region",
                "polly: {voices: {es: Nobody}}                    | polly.voices.es",
                "polly: {endpoint: 'http://127.0.0.1:1'}          | polly.endpoint"
            })
    void a_setting_the_service_refuses_is_named_alone_and_gives_1(String wrong, String setting)
            throws Exception {
        Said said = doctor("{" + wrong + "}");
        assertEquals(1, said.code(), said::text);
        List<String> faults = said.text().lines().filter(line -> line.startsWith("fault")).toList();
        assertEquals(1, faults.size(), said::text);
        assertTrue(faults.getFirst().endsWith("[engines." + setting + "]"), said::text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "assemblyai: {endpoint: 'http://127.0.0.1/v3/ws'} | assemblyai.endpoint",
                "assemblyai: {model: 'a model'}                   | assemblyai.model",
                "assemblyai: {chunk: 50ms}                        | assemblyai.chunk",
                "google: {api-key: none}                          | google.api-key",
                "google: {model: translation-llm}                 | google.model",
                "google: {api: v3, glossaries: {en-es: terms}}    | google.location",
                "google: {api: v4}                                | google.api",
                "polly: {region: atlantis}                        | polly.region",
                "polly: {voices: {es: Joanna}}                    | polly.voices.es",
                "polly: {engine: generative, voices: {es: Miguel}} | polly.voices.es",
                "polly: {access-key-id: aws}                      | polly.secret-access-key",
                "polly: {secret: a-secret-that-is-wrong}          | polly.secret"
            })
    void a_setting_that_cannot_be_is_refused_unasked_and_gives_2(String wrong, String setting)
            throws Exception {
        Said said = doctor("{" + wrong + "}");
        assertEquals(2, said.code(), said::text);
        assertTrue(said.text().contains("\n  engines." + setting + ": "), said::text);
    }

    @Test
    void the_start_says_once_in_the_log_what_will_not_work() throws Exception {
        Path log = folder.resolve("log");
        Process controller =
                java(
                        List.of(),
                        log,
                        Main.class,
                        "serve",
                        "--config",
                        configuration("{polly: {secret-access-key: " + WRONG + "}}").toString());
        try {
            Poll.until(
                    PATIENCE,
                    () -> read(log).contains("engines.polly.secret-access-key"),
                    () -> read(log));
        } finally {
            controller.destroyForcibly().waitFor();
        }
        String said = read(log);
        assertEquals(
                List.of("engines.polly.secret-access-key"),
                said.lines()
                        .filter(line -> line.contains("would not work as it is configured"))
                        .filter(line -> line.contains("engines."))
                        .map(line -> line.replaceAll(".*setting=\"?([a-z.-]*).*", "$1"))
                        .toList(),
                said);
        assertSilentAboutSecrets(said);
    }

    /// One certificate authority more to believe is a matter of the virtual machine's trust store, for
    /// every client alike.
    @Test
    void by_tls_every_client_believes_the_trust_store_of_the_virtual_machine() throws Exception {
        FakeTls tls = FakeTls.make(folder.resolve("tls"));
        providers.close();
        providers = new FakedProviders(FakeOptions.secured(tls));
        Path log = folder.resolve("log");
        String config = configuration("{google: {}, polly: {}}").toString();

        Process believing = java(tls.trustingOptions(), log, OnePhrase.class, config);
        assertTrue(believing.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> read(log));
        assertEquals(0, believing.exitValue(), () -> read(log));
        assertTrue(read(log).contains("heard waa, translated vaa, spoke 1440 samples"), read(log));

        Files.delete(log);
        Process doubting = java(List.of(), log, Main.class, "doctor", "--config", config);
        assertTrue(doubting.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> read(log));
        assertEquals(1, doubting.exitValue(), () -> read(log));
        for (String engine : List.of("assemblyai", "google", "polly")) {
            assertTrue(read(log).contains("[engines." + engine + ".endpoint]"), read(log));
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Process java(List<String> options, Path log, Class<?> program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(ENVIRONMENT);
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /// Runs `doctor` over the settings that fit the fakes and, over these, `wrong`.
    private Said doctor(String wrong) throws Exception {
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        int code =
                Main.run(
                        ENVIRONMENT,
                        writer,
                        writer,
                        "doctor",
                        "--config",
                        configuration(wrong).toString());
        assertSilentAboutSecrets(out.toString());
        return new Said(code, out.toString());
    }

    private static void assertSilentAboutSecrets(String text) {
        for (String secret : SECRETS) {
            assertFalse(text.contains(secret), text);
        }
    }

    /// `engine`, or a free one where another engine's settings are changed.
    private static String unlessOther(String engine, Optional<String> changed) {
        return changed.filter(other -> !other.equals(engine)).isPresent() ? "tone" : engine;
    }

    /// The settings that fit the fakes and, over these, `wrong`. Where that is about one engine, no
    /// other vendor's is used.
    private Path configuration(String wrong) throws IOException, ConfigurationException {
        ObjectNode engines = JsonNodeFactory.instance.objectNode();
        ObjectNode changes = ProviderSetup.yaml(wrong);
        Optional<String> changed =
                Optional.of(changes)
                        .filter(each -> each.size() == 1)
                        .map(each -> each.fieldNames().next());
        engines.set("assemblyai", providers.assemblyAi().settings());
        engines.set(
                "google",
                ConfigTree.merge(
                        ConfigTree.merge(
                                providers.googleAdvanced().settings(),
                                providers.googleBasic().settings()),
                        ProviderSetup.yaml("api: v2")));
        engines.set("polly", providers.polly().settings());
        ObjectNode tree =
                ConfigTree.yaml(
                        "test",
                        """
                        asterisk: {ari: {url: "http://127.0.0.1:%d/ari"}}
                        http: {port: 0}
                        speech: {transcriber: [%s], translator: [%s], synthesizer: [%s]}
                        log: {format: plain}
                        """
                                .formatted(
                                        asterisk.getAddress().getPort(),
                                        unlessOther("assemblyai", changed),
                                        unlessOther("google", changed),
                                        unlessOther("polly", changed)));
        tree.set("engines", ConfigTree.merge(engines, changes));
        return Files.writeString(folder.resolve("sandalphone.yaml"), ConfigTree.print(tree));
    }
}
