package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

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

    private static final SettingsReader SETTINGS =
            new SettingsReader(
                    Map.of(
                            "SANDALPHONE_ARI_PASSWORD", "hunter2",
                            "SANDALPHONE_TOKEN", "0123456789abcdef"),
                    Engines.providers());

    /// The settings with which `serve` starts.
    private Settings started(String line) {
        var started = new AtomicReference<Settings>();
        int code =
                Main.execute(
                        SETTINGS,
                        settings -> {
                            started.set(settings);
                            throw new IllegalStateException("enough is seen");
                        },
                        new PrintWriter(err, true),
                        line.split(" ", -1));
        assertEquals(1, code, err.toString());
        return Objects.requireNonNull(started.get(), "nothing was started");
    }

    @Test
    void the_command_line_comes_before_the_file(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("good.yaml"),
                        """
                        public-http: {listen: 127.0.0.2, port: 1}
                        public-url: https://a.example
                        """);
        Settings settings =
                started(
                        "serve -c "
                                + file
                                + " -p 9000 --host 127.0.0.3 --ws-url wss://gw.example.org/media"
                                + " --log-level fatal");
        assertEquals(9000, settings.publicHttp().orElseThrow().port());
        assertEquals("127.0.0.3", settings.publicHttp().orElseThrow().listen().getHostAddress());
        assertEquals(
                "https://gw.example.org", settings.streams().publicUrl().orElseThrow().toString());
        assertEquals(LogSettings.Level.FATAL, settings.log().level());
        // Told again by what comes after this test.
        Logging.configure(new LogSettings(LogSettings.Format.JSON, LogSettings.Level.INFO));
    }

    @Test
    void what_the_command_line_does_not_say_the_file_does(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("good.yaml"), "log: {level: WARN}\n");
        assertEquals(LogSettings.Level.WARN, started("serve --config=" + file).log().level());
        Logging.configure(new LogSettings(LogSettings.Format.JSON, LogSettings.Level.INFO));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port 9000 | --port: found no listener",
                "--host 0.0.0.0 | public-http.listen: found",
                "--ws-url gw.example.org | public-url: found",
                "--ws-url ws://gw.example.org | public-url: found",
                "--log-level loud | log.level: found",
            })
    void what_is_wrong_on_the_command_line_is_named(
            String options, String mistake, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("good.yaml"), "{}\n");
        int code =
                Main.execute(
                        SETTINGS,
                        _ -> {
                            throw new AssertionError("nothing is to be started");
                        },
                        new PrintWriter(err, true),
                        ("serve --config " + file + " " + options).split(" ", -1));
        assertEquals(2, code, err.toString());
        assertTrue(err.toString().contains(mistake), err.toString());
    }

    @Test
    void the_routes_for_a_dead_controller_are_printed_with_those_of_the_numbers_file(
            @TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("numbers.yaml"),
                """
                dids:
                  2125550103: {destination: "+525512345678"}
                  "+12125550104": {service: echo}
                """);
        Path file =
                Files.writeString(
                        folder.resolve("good.yaml"),
                        """
                        numbers-file: numbers.yaml
                        limits: {destinations: ["+52*"]}
                        routes: {"+12125550101": {destination: "+525512345679"}}
                        """);
        int code =
                Main.commandLine(SETTINGS, Application::start)
                        .setOut(new PrintWriter(out, true))
                        .execute("config", "--fallback-routes", file.toString());
        assertEquals(0, code);
        assertEquals(
                "FALLBACK_ROUTES=\"+12125550101=+525512345679 +12125550103=+525512345678\"\n",
                out.toString());
    }

    @Test
    void a_key_of_the_numbers_file_that_is_perhaps_mistyped_is_told(@TempDir Path folder)
            throws Exception {
        Files.writeString(
                folder.resolve("numbers.yaml"),
                "dids:\n  \"+12125550101\": {service: echo, hour: none}\n");
        Path file = Files.writeString(folder.resolve("good.yaml"), "numbers-file: numbers.yaml\n");
        int code =
                Main.commandLine(SETTINGS, Application::start)
                        .setOut(new PrintWriter(out, true))
                        .execute("config", "--check", file.toString());
        assertEquals(0, code);
        assertTrue(out.toString().contains("expected hours (did you mean that?)"), out.toString());
    }

    @Test
    void a_mistake_in_the_numbers_file_is_one_of_the_configuration(@TempDir Path folder)
            throws Exception {
        Files.writeString(
                folder.resolve("numbers.yaml"), "dids:\n  \"+12125550101\": {agent: nobody}\n");
        Path file = Files.writeString(folder.resolve("good.yaml"), "numbers-file: numbers.yaml\n");
        int code =
                Main.commandLine(SETTINGS, Application::start)
                        .setErr(new PrintWriter(err, true))
                        .execute("config", "--check", file.toString());
        assertEquals(2, code);
        assertTrue(
                err.toString().contains("numbers.yaml:2: dids.\"+12125550101\".agent: found"),
                err.toString());
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
                  log.level: found "loud", expected one of fatal, error, warn, info, debug, trace
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
