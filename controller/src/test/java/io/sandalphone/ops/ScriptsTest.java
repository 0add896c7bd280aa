package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.call.Placement;
import io.vertx.core.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The operations scripts, against the server they speak with.
class ScriptsTest {
    private RunningServer running;
    private final Map<String, String> environment = new java.util.HashMap<>();

    @TempDir private Path folder;

    @BeforeEach
    void start() throws Exception {
        running = new RunningServer("127.0.0.1", false);
        environment.put("SANDALPHONE_URL", running.uri("").toString());
        environment.put("SANDALPHONE_TOKEN", RunningServer.TOKEN);
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    /// What a script printed, and how it ended.
    private record Run(int code, String out, String err) {}

    @ParameterizedTest
    @ValueSource(strings = {"run", "config", "doctor", "say", "originate", "hangup", "calls"})
    void each_says_how_it_is_used(String script) throws Exception {
        Run help = run(script, "--help");
        assertEquals(0, help.code);
        assertTrue(help.out.startsWith("usage: scripts/" + script), help.out);
        assertTrue(help.out.contains("Exit codes"), help.out);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run --config",
                "run --config missing.yaml",
                "run --sing",
                "say",
                "say --sing",
                "say --file missing.tsv",
                "originate",
                "originate +15551230001",
                "originate +15551230001 +525512345678 +525512345679",
                "originate +15551230001 +525512345678 --to-language",
                "originate --sing",
                "hangup",
                "hangup a b",
                "hangup ../sessions",
                "hangup --sing",
                "calls 7f3",
                "calls --token-file",
                "calls --token-file missing"
            })
    void a_wrong_command_line_gives_2_and_a_reason(String line) throws Exception {
        Run wrong = run(line.split(" ", -1));
        assertEquals(2, wrong.code, wrong.err);
        assertTrue(wrong.err.startsWith("scripts/" + line.split(" ", -1)[0] + ": "), wrong.err);
        assertEquals("", wrong.out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*.example.org"})
    void a_proxy_gets_no_token_of_this_machine(String unproxied) throws Exception {
        environment.put("http_proxy", "http://127.0.0.1:1");
        environment.put("no_proxy", unproxied);
        assertEquals(new Run(0, "no calls\n", ""), run("calls"));
    }

    @Test
    void a_call_is_placed_and_its_id_printed() throws Exception {
        assertEquals(
                new Run(0, "7f3\n", ""),
                run(
                        "originate",
                        "+15551230001",
                        "+525512345678",
                        "--from-language",
                        "en",
                        "--to-language",
                        "es-MX",
                        "--relay"));
        var asked = running.calls.asked.remove();
        assertEquals("+15551230001", asked.from().number());
        assertEquals("+525512345678", asked.to().number());
        assertEquals("es-MX", asked.terms().destinationLanguage().tag());
        assertTrue(asked.terms().relay());
    }

    @Test
    void a_refused_call_gives_1_and_every_reason() throws Exception {
        assertEquals(
                new Run(
                        1,
                        "",
                        """
                        scripts/originate: the call cannot be made as described
                          from: found "1", expected a telephone number in E.164 form, in quotes, such as "+525512345678", and no emergency number, to which nobody is put through
                          to: found "a\\"b", expected a telephone number in E.164 form, in quotes, such as "+525512345678", and no emergency number, to which nobody is put through
                        """
                                .replace("a\\\"b", "a\"b")),
                run("originate", "1", "a\"b"));
        running.calls.next =
                Future.succeededFuture(new Placement.Refused(Placement.Reason.LIMIT_REACHED));
        assertEquals(
                new Run(
                        1,
                        "",
                        "scripts/originate: as many calls as limits.max-concurrent-calls live"
                                + " already\n"),
                run("originate", "+15551230001", "+525512345678"));
    }

    @Test
    void live_calls_are_a_table() throws Exception {
        assertEquals(new Run(0, "no calls\n", ""), run("calls"));
        running.calls.live.add(FakeCalls.call("7f3", System.currentTimeMillis() - 65_000));
        Run table = run("calls");
        assertEquals(0, table.code, table.err);
        assertTrue(
                table.out.matches(
                        "(?s)CALL +STATE +SINCE +FROM +TO +LANGUAGES +DIRECTION +AUDIO"
                                + " +UTTERANCES\n"
                                + "7f3 +talking +1m[0-9]+s +…009 +…678 +en<>es +inbound +yes"
                                + " +4\n"),
                table.out);
        Run json = run("calls", "--json");
        assertEquals(0, json.code, json.err);
        assertTrue(json.out.contains("\"id\": \"7f3\""), json.out);
    }

    @Test
    void calls_are_ended() throws Exception {
        running.calls.live.add(FakeCalls.call("7f3", 0));
        running.calls.live.add(FakeCalls.call("7f4", 0));
        running.calls.live.add(FakeCalls.call("7f5", 0));
        assertEquals(new Run(0, "ending call 7f3\n", ""), run("hangup", "7f3"));
        assertEquals(
                new Run(1, "", "scripts/hangup: there is no such call\n"), run("hangup", "7f3"));
        assertEquals(new Run(0, "ending 2 calls\n", ""), run("hangup", "all"));
    }

    @Test
    void the_token_comes_from_a_file_or_the_environment() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), RunningServer.TOKEN + "\n");
        environment.remove("SANDALPHONE_TOKEN");
        Run without = run("calls");
        assertEquals(2, without.code);
        assertTrue(without.err.contains("no token"), without.err);
        assertEquals(new Run(0, "no calls\n", ""), run("calls", "--token-file", file.toString()));
        environment.put("SANDALPHONE_TOKEN", "wrong");
        assertEquals(
                new Run(1, "", "scripts/calls: the token is not the right one\n"), run("calls"));
    }

    @Test
    void a_controller_that_does_not_answer_gives_1_and_its_address() throws Exception {
        running.server.stop().await();
        Run alone = run("calls");
        assertEquals(1, alone.code);
        assertTrue(
                alone.err.startsWith("scripts/calls: no answer from " + running.uri("")),
                alone.err);
        assertFalse(alone.err.contains(RunningServer.TOKEN), alone.err);
    }

    private Run run(String... line) throws Exception {
        List<String> command = new ArrayList<>(List.of(line));
        command.set(0, Path.of("../scripts", line[0]).toAbsolutePath().toString());
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SANDALPHONE_"));
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        int code = builder.start().waitFor();
        return new Run(
                code,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
