package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the whole program writes when somebody shows a wrong token, and what fail2ban makes of it.
@Timeout(60)
class RefusedOperatorTest {
    private static final Path FILTER = Path.of("../scripts/fail2ban/filter.d/sandalphone.conf");

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"json", "plain"})
    void the_address_of_a_refused_operator_can_be_read_by_fail2ban(String format) throws Exception {
        Path config =
                Files.writeString(
                        folder.resolve("config.yaml"),
                        """
                        asterisk: {ari: {url: "http://127.0.0.1:9/ari"}}
                        http: {port: 0}
                        log: {format: %s}
                        """
                                .formatted(format));
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sandalphone.app.Main",
                        "serve",
                        "--config",
                        config.toString());
        builder.environment().put("SANDALPHONE_ARI_PASSWORD", "hunter2");
        builder.environment().put("SANDALPHONE_TOKEN", "0123456789abcdef");
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = process.inputReader();
                HttpClient client = HttpClient.newHttpClient()) {
            String port = find(out, Pattern.compile("operators can connect.*port\\W+([0-9]+)"));
            var answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + port + "/sessions"))
                                    .header("Authorization", "Bearer guessed-by-somebody")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(401, answer.statusCode());
            String line = line(out, "operator refused");
            List<String> found =
                    failRegexes().stream()
                            .map(regex -> regex.matcher(line))
                            .filter(Matcher::find)
                            .map(matcher -> matcher.group("host"))
                            .toList();
            assertEquals(List.of("127.0.0.1"), found, line);
            assertTrue(!line.contains("guessed"), line);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String find(BufferedReader out, Pattern pattern) throws Exception {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("ended without " + pattern);
    }

    private static String line(BufferedReader out, String part) throws Exception {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("ended without " + part);
    }

    /// As fail2ban reads them: `<ADDR>` is an address.
    private static List<Pattern> failRegexes() throws Exception {
        String filter = Files.readString(FILTER);
        return filter.substring(
                        filter.indexOf("failregex =") + "failregex =".length(),
                        filter.indexOf("ignoreregex"))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> Pattern.compile(line.replace("<ADDR>", "(?<host>[0-9a-fA-F.:]+)")))
                .toList();
    }
}
