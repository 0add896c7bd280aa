package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// An Asterisk that answers what the test wants to be asked for.
class DoctorCommandTest {
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir Path folder;
    private HttpServer asterisk;
    private int refuseWith;

    @BeforeEach
    void start_asterisk() throws IOException {
        asterisk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        asterisk.createContext(
                "/",
                exchange -> {
                    String answer = answers.get(exchange.getRequestURI().getPath());
                    byte[] body = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
                    int status = answer == null ? 404 : 200;
                    exchange.getResponseHeaders().set("Server", "Asterisk/22.10.1");
                    exchange.sendResponseHeaders(
                            refuseWith == 0 ? status : refuseWith, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        asterisk.start();
        answers.put("/ari/bridges", "[]");
        answers.put("/metrics", "asterisk_endpoints_state{eid=\"x\",id=\"PJSIP/voipms\"} 2\n");
    }

    @AfterEach
    void stop_asterisk() {
        asterisk.stop(0);
    }

    @Test
    void what_works_is_said_line_by_line() throws Exception {
        assertEquals(0, check("/usr/share/apertium/modes"), out::toString);
        assertTrue(out.toString().contains(": no mistakes\n"), out.toString());
        assertTrue(out.toString().contains("ok       asterisk "), out.toString());
        assertTrue(out.toString().contains("Asterisk 22.10.1 at http://"), out.toString());
        assertTrue(out.toString().contains("trunk voipms is online"), out.toString());
        assertTrue(out.toString().contains("warning  routes "), out.toString());
        assertFalse(out.toString().contains("hunter2"), out.toString());
    }

    @Test
    void an_asterisk_that_refuses_us_is_told_with_the_setting() throws Exception {
        refuseWith = 401;
        assertEquals(1, check("/usr/share/apertium/modes"));
        assertTrue(
                out.toString().contains("[asterisk.ari.user, asterisk.ari.password]"),
                out.toString());
    }

    @Test
    void an_asterisk_that_is_not_there_is_told_with_the_setting() throws Exception {
        asterisk.stop(0);
        assertEquals(1, check("/usr/share/apertium/modes"));
        assertTrue(out.toString().contains("[asterisk.ari.url]"), out.toString());
    }

    @Test
    void a_trunk_that_asterisk_does_not_have_is_told_with_the_setting() throws Exception {
        answers.put("/metrics", "asterisk_endpoints_count{eid=\"x\"} 0\n");
        assertEquals(1, check("/usr/share/apertium/modes"));
        assertTrue(
                out.toString()
                        .contains(
                                "Asterisk has no endpoint PJSIP/voipms"
                                        + " [asterisk.trunk.endpoint]"),
                out.toString());
    }

    @Test
    void an_asterisk_that_is_not_ours_is_told_of_and_no_fault() throws Exception {
        answers.remove("/metrics");
        assertEquals(0, check("/usr/share/apertium/modes"), out::toString);
        assertTrue(out.toString().contains("warning  asterisk "), out.toString());
        assertTrue(out.toString().contains("the dialplan cannot be asked"), out.toString());
        assertTrue(out.toString().contains("/metrics answers 404"), out.toString());
    }

    @Test
    void what_is_ignored_of_the_public_address_is_told() throws Exception {
        run("{public-http: {listen: 127.0.0.1}, public-url: \"https://gw.example.org/twilio/\"}");
        String said = out.toString();
        assertTrue(said.contains("warning  public-url "), said);
        assertTrue(said.contains("carriers reach us at https://gw.example.org"), said);
    }

    @Test
    void an_engine_that_lacks_something_is_told() throws Exception {
        assertEquals(1, check(folder.toString()));
        assertTrue(out.toString().contains("fault    translator offline "), out.toString());
        assertTrue(out.toString().contains("install package apertium-eng-spa"), out.toString());
    }

    @Test
    void a_recognizer_without_its_model_is_told_with_the_command_that_brings_it() throws Exception {
        assertEquals(
                0,
                run(
                        """
                        asterisk: {ari: {url: "http://127.0.0.1:%d/ari"}}
                        models: {folder: "%s"}
                        """
                                .formatted(asterisk.getAddress().getPort(), folder)));
        assertTrue(
                out.toString().contains("scripts/models get whisper-base fetches it"),
                out.toString());
        assertTrue(out.toString().contains("warning  transcriber whisper "), out.toString());
        assertTrue(out.toString().contains("[engines.whisper.model]"), out.toString());
        assertTrue(out.toString().contains("ok       transcriber offline "), out.toString());
    }

    @Test
    void without_any_recognizer_that_can_be_used_something_is_wrong() throws Exception {
        assertEquals(
                1,
                run(
                        """
                        asterisk: {ari: {url: "http://127.0.0.1:%d/ari"}}
                        speech: {transcriber: [whisper]}
                        models: {folder: "%s"}
                        """
                                .formatted(asterisk.getAddress().getPort(), folder)));
        assertTrue(out.toString().contains("fault    transcriber "), out.toString());
        assertTrue(out.toString().contains("[speech.transcriber]"), out.toString());
        assertFalse(out.toString().contains("[speech.translator]"), out.toString());
    }

    @Test
    void a_wrong_configuration_gives_2_and_every_mistake() throws Exception {
        assertEquals(2, run("speech: {translator: [google, gogle]}\n"));
        assertTrue(err.toString().contains("speech.translator"), err.toString());
    }

    @Test
    void everything_may_be_had_as_json() throws Exception {
        assertEquals(
                1,
                runWith(
                        """
                        speech: {transcriber: [offline]}
                        asterisk: {ari: {url: "http://127.0.0.1:1/ari"}}
                        """,
                        "--json"));
        JsonNode lines = new ObjectMapper().readTree(out.toString());
        assertEquals("configuration", lines.path(0).path("part").asText());
        assertEquals("ok", lines.path(0).path("kind").asText());
        assertTrue(
                lines.valueStream()
                        .anyMatch(
                                line ->
                                        line.path("kind").asText().equals("fault")
                                                && line.path("part").asText().equals("asterisk")
                                                && line.path("setting")
                                                        .asText()
                                                        .equals("asterisk.ari.url")
                                                && !line.path("message").asText().isEmpty()),
                out.toString());
    }

    @Test
    void the_server_around_the_gateway_is_looked_at_when_that_is_asked_for() throws Exception {
        String yaml = "speech: {transcriber: [offline]}\nhttp: {port: 1}\n";
        runWith(yaml);
        assertFalse(out.toString().contains("capacity"), out.toString());
        // Nobody listens at port 1.
        assertEquals(1, runWith(yaml, "deploy"));
        for (String part :
                List.of(
                        "name",
                        "certificate",
                        "firewall",
                        "media ports",
                        "clock",
                        "capacity",
                        "secrets",
                        "listeners",
                        "jails",
                        "translator offline")) {
            assertTrue(
                    out.toString().lines().anyMatch(line -> line.startsWith(part, 9)),
                    () -> part + " in " + out);
        }
        assertTrue(out.toString().contains("nobody answers at 127.0.0.1:1"), out.toString());
    }

    private int check(String modes) throws IOException {
        return run(
                """
                asterisk: {ari: {url: "http://127.0.0.1:%d/ari"}}
                speech: {transcriber: [offline]}
                engines: {offline: {modes: "%s"}}
                """
                        .formatted(asterisk.getAddress().getPort(), modes));
    }

    private int run(String yaml) throws IOException {
        return runWith(yaml);
    }

    private int runWith(String yaml, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve("sandalphone.yaml"), yaml);
        var settings =
                new SettingsReader(
                        Map.of(
                                "SANDALPHONE_ARI_PASSWORD", "hunter2",
                                "SANDALPHONE_TOKEN", "0123456789abcdef"),
                        Engines.providers());
        return Main.commandLine(
                        settings,
                        _ -> {
                            throw new IllegalStateException("nothing is to be started");
                        })
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        Stream.concat(
                                        Stream.of("doctor", "--config", file.toString()),
                                        Stream.of(arguments))
                                .toArray(String[]::new));
    }
}
