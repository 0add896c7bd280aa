package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class MainTest {
    private static final String EXAMPLE = "docs/sandalphone.example.yaml";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sing",
                "serve",
                "serve --config",
                "serve --confg x",
                "config",
                "config --check",
                "config --check a --print b",
                "say --from en --to es",
                "say hello",
                "say --from en --to e hello"
            })
    void a_wrong_command_line_is_explained_and_gives_2(String line) {
        assertEquals(2, run(line));
        assertTrue(err.toString().contains("Usage: sandalphone"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "serve --help", "config --help", "say --help"})
    void help_is_given_and_is_no_mistake(String line) {
        assertEquals(0, run(line));
        assertTrue(out.toString().contains("Usage: sandalphone"), out.toString());
    }

    /// The second spelling is read by picocli, the first is not.
    @ParameterizedTest
    @ValueSource(strings = {"serve --config %s", "serve --config=%s"})
    void a_configuration_that_cannot_be_used_stops_the_start(String line, @TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), "routs: {}\n");
        var settings = new SettingsReader(Map.of(), Engines.providers());
        int code =
                Main.execute(
                        settings,
                        _ -> {
                            throw new AssertionError("nothing is to be started");
                        },
                        new PrintWriter(err, true),
                        line.formatted(file).split(" ", -1));
        assertEquals(2, code);
        assertTrue(err.toString().contains("The configuration cannot be used:"), err.toString());
        assertTrue(err.toString().contains("routs"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve --config %s", "serve --config=%s"})
    void what_keeps_it_from_starting_is_told(String line, @TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("good.yaml"), "speech: {transcriber: [offline]}\n");
        var settings =
                new SettingsReader(
                        Map.of(
                                "SANDALPHONE_ARI_PASSWORD", "hunter2",
                                "SANDALPHONE_TOKEN", "0123456789abcdef"),
                        Engines.providers());
        int code =
                Main.execute(
                        settings,
                        _ -> {
                            throw new IllegalStateException("port 1 is taken");
                        },
                        new PrintWriter(err, true),
                        line.formatted(file).split(" ", -1));
        assertEquals(1, code);
        assertEquals("sandalphone serve failed: port 1 is taken\n", err.toString());
    }

    @Test
    void the_version_is_told() {
        assertEquals(0, run("--version"));
        assertEquals("sandalphone unpackaged\n", out.toString());
    }

    @Test
    void a_good_configuration_is_called_good() {
        assertEquals(0, run("config --check " + EXAMPLE), err::toString);
        assertEquals(EXAMPLE + ": no mistakes\n", out.toString());
    }

    @Test
    void what_is_right_and_perhaps_not_meant_is_said(@TempDir Path folder) throws Exception {
        Path odd =
                Files.writeString(
                        folder.resolve("odd.yaml"),
                        """
                        public-url: https://gw.example.org/twilio/voice
                        public-http: {listen: 127.0.0.1}
                        twilio:
                          account-sid: AC0123456789abcdef0123456789abcdef
                          auth-token: of-nobody
                          phone-number: "+15551230003"
                        limits: {destinations: ["+52*"]}
                        routes:
                          "+15551230003": {destination: "+525512345678"}
                          "5551230004": {destination: "+525512345678"}
                          "5551234": {destination: "+525512345678"}
                          "100": {destination: "+525512345678"}
                          "*": {destination: "+525512345678"}
                        """);
        assertEquals(0, run("config --check " + odd), err::toString);
        assertEquals(
                """
                %s: no mistakes
                warning  public-url               only scheme and host count, the rest is ignored: \
                carriers reach us at https://gw.example.org [public-url]
                warning  routes                   no carrier sends such a number: a plus sign, the \
                country code and the whole number are what it is called by; only a telephone system \
                over HTTP (/asterisk/inbound) may send it [routes."5551234"]
                warning  routes                   no carrier sends such a number: a plus sign, the \
                country code and the whole number are what it is called by; only a telephone system \
                over HTTP (/asterisk/inbound) may send it [routes."100"]
                """
                        .formatted(odd),
                out.toString());
    }

    @Test
    void the_effective_configuration_is_printed_with_every_default() {
        assertEquals(0, run("config --print " + EXAMPLE), err::toString);
        assertTrue(out.toString().contains("request-timeout: \"5s\""), out.toString());
        assertTrue(out.toString().contains("token: \"***\""), out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"config --check ", "config --print ", "serve --config "})
    void a_bad_configuration_gives_2_and_every_mistake(String line, @TempDir Path folder)
            throws Exception {
        Path bad =
                Files.writeString(
                        folder.resolve("bad.yaml"), "http: {port: x}\nlog: {level: loud}\n");
        assertEquals(2, run(line + bad));
        assertEquals(
                """
                The configuration cannot be used:
                  http.port: found "x", expected a whole number from 0 to 65535
                  log.level: found "loud", expected one of error, warn, info, debug, trace
                """,
                err.toString());
    }

    @Test
    void a_gateway_that_cannot_start_gives_1_and_the_reason() {
        assertEquals(1, run("serve --config " + EXAMPLE));
        assertEquals("sandalphone serve failed: no way to Asterisk\n", err.toString());
    }

    private int run(String line) {
        return Main.commandLine(
                        new SettingsReader(
                                Map.of(
                                        "SANDALPHONE_ARI_PASSWORD",
                                        "hunter2",
                                        "SANDALPHONE_TOKEN",
                                        "0123456789abcdef"),
                                Engines.providers()),
                        _ -> {
                            throw new IllegalStateException("no way to Asterisk");
                        })
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.isEmpty() ? new String[0] : line.split(" ", -1));
    }
}
