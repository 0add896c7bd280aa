package io.sandalphone.harness.attack.cases;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.ConfigCheck;
import io.sandalphone.harness.attack.Pair;
import io.sandalphone.harness.attack.Phones;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/// Settings that pass for good and fail later or in silence; and ledgers that are broken, which may
/// cost the day's sum but no call.
final class ConfigTraps implements AttackCase {
    private static final String PLACE = "PLACE-OF-THE-VALUE";

    @Override
    public int number() {
        return 29;
    }

    @Override
    public String tried() {
        return "ports, addresses, tariffs, tokens and endpoints that cannot be; broken ledgers";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        Path folder = lab.newFolder("config");
        for (Map.Entry<String, List<String>> each : settings().entrySet()) {
            String key = each.getKey();
            for (String value : each.getValue()) {
                ConfigCheck said = check(folder, key, value);
                tries.check(
                        key + ": " + value,
                        (said.refuses(key) || said.refuses(key.replaceFirst("\\.[^.]*$", ": ")))
                                && !said.text().contains("\tat "),
                        () -> "expected to be refused, " + said);
            }
        }
        for (Map.Entry<String, String> each : fine().entrySet()) {
            ConfigCheck said = check(folder, each.getKey(), each.getValue());
            tries.check(
                    each.getKey() + ": " + each.getValue(),
                    said.code() == 0,
                    () -> "expected to be taken, " + said);
        }
        List<String> ledgers = ledgers();
        for (String ledger : ledgers.subList(0, lab.effort().of(1, ledgers.size()))) {
            tries.attempt("a ledger of " + ledger, () -> start(lab, folder, ledger));
        }
    }

    /// By key, values that must be refused.
    private static Map<String, List<String>> settings() {
        Map<String, List<String>> settings = new LinkedHashMap<>();
        settings.put(
                "asterisk.ari.url",
                List.of(
                        "http://127.0.0.1:99999999/ari",
                        "http://127.0.0.1:65536/ari",
                        "http://127.0.0.1:0/ari",
                        "http://127.0.0.1:-1/ari",
                        "ftp://127.0.0.1/ari",
                        "ws://127.0.0.1:8088/ari",
                        "http:///ari",
                        "http://",
                        "127.0.0.1:8088",
                        "/ari",
                        "http://127.0.0.1 :8088/ari",
                        "http://[::1/ari",
                        "http://a b/ari",
                        ""));
        settings.put("asterisk.ari.user", List.of("", "   ", "a:b"));
        settings.put("asterisk.ari.password", List.of("", "   ", "\\u00a0\\u00a0"));
        settings.put(
                "asterisk.media.address",
                List.of(
                        "::1",
                        "fe80::1",
                        "0.0.0.0",
                        "256.1.1.1",
                        "127.0.0.1:4000",
                        "224.0.0.1",
                        "255.255.255.255",
                        "",
                        "nowhere.invalid",
                        "0x7f000001"));
        settings.put(
                "http.port", List.of("99999", "65536", "-1", "8.5", "eighty", "99999999999999"));
        settings.put(
                "http.listen",
                List.of("0.0.0.0", "::", "10.0.0.5", "", "nowhere.invalid", "300.0.0.1"));
        settings.put(
                "http.token",
                List.of(
                        "",
                        "                ",
                        "\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t\\t",
                        "\\u00a0\\u00a0\\u00a0\\u00a0\\u00a0\\u00a0\\u00a0\\u00a0\\u00a0\\u00a0"
                                + "\\u00a0\\u00a0\\u00a0\\u00a0\\u00a0\\u00a0",
                        "short",
                        "new\\nline-0123456789"));
        settings.put("limits.max-concurrent-calls", List.of("0", "-1", "1000000000000", "1.5"));
        settings.put("costs.currency", List.of("DOLLARS", "", "usd2"));
        settings.put("costs.time-zone", List.of("Mars/Olympus", ""));
        settings.put(
                "costs.per-call", List.of("-1", "1e999999999", "1e400", "NaN", "abc", "-0.01"));
        settings.put("costs.per-day", List.of("-1", "1e999999999", "Infinity", "1e-999999999"));
        settings.put(
                "costs.prices.assemblyai.hour-listened",
                List.of("-0.1", "1e999999999", "1e100", "1e-999999999", "free"));
        settings.put("costs.prices.assemblai.hour-listened", List.of("0.1"));
        settings.put("costs.prices.pollly-neural.million-characters-spoken", List.of("1"));
        settings.put("costs.prices.google-nmt2.million-characters-translated", List.of("1"));
        settings.put("costs.prices.assemblyai.hour-listend", List.of("0.1"));
        settings.put("costs.prices.assemblyai.million-characters-spoken", List.of("1"));
        settings.put("engines.assemblyai.api-key", List.of("", "   ", "\\t"));
        settings.put(
                "engines.assemblyai.endpoint",
                List.of(
                        "ws://streaming.assemblyai.com/v3/ws",
                        "http://streaming.assemblyai.com/v3/ws",
                        "wss://",
                        "wss://host:99999999/",
                        ""));
        settings.put("engines.google.api-key", List.of("", "  "));
        settings.put(
                "engines.google.endpoint",
                List.of(
                        "http://translation.googleapis.com",
                        "ftp://x",
                        "https://",
                        "https://host:99999999",
                        "http://10.0.0.1"));
        settings.put("engines.polly.access-key-id", List.of("", "  "));
        settings.put("engines.polly.secret-access-key", List.of("", "  "));
        settings.put(
                "engines.polly.endpoint",
                List.of("http://polly.us-east-1.amazonaws.com", "ftp://x", "https://"));
        settings.put("route-defaults.ring-timeout", List.of("0s", "-5s", "999999999h", "5 s", ""));
        settings.put("route-defaults.max-duration", List.of("0s", "-1m", "99999999999999h"));
        settings.put("speech.resilience.breaker.failure-percent", List.of("0", "101", "-1"));
        return settings;
    }

    /// What looks odd and is right.
    private static Map<String, String> fine() {
        return Map.of(
                "http.listen", "127.0.0.1",
                "asterisk.media.address", "127.0.0.1",
                "engines.google.endpoint", "http://127.0.0.1:9100",
                "asterisk.ari.url", "http://127.0.0.1:8088/ari");
    }

    /// [ConfigCheck#GOOD], with every vendor in use, and one value.
    private static ConfigCheck check(Path folder, String key, String value) throws Exception {
        StringBuilder yaml = new StringBuilder();
        String[] names = key.split("\\.", -1);
        for (String name : names) {
            yaml.append('{').append(name).append(": ");
        }
        yaml.append(PLACE).append("}".repeat(names.length));
        var good =
                ConfigTree.yaml(
                        "good",
                        ConfigCheck.GOOD
                                + "speech: {transcriber: [assemblyai, offline], translator:"
                                + " [google, offline], synthesizer: [polly, offline]}\n");
        var tree = ConfigTree.merge(good, ConfigTree.yaml("trap", yaml.toString()));
        // A number stands without quotes, as operators write it. The value is put in as text, so
        // that
        // nothing but the program under attack reads it.
        boolean number = value.matches("-?[0-9.]+([eE]-?[0-9]+)?");
        String text =
                ConfigTree.print(tree)
                        .replaceAll(
                                "\"?" + PLACE + "\"?",
                                Matcher.quoteReplacement(number ? value : '"' + value + '"'));
        return ConfigCheck.of(folder, text);
    }

    private static List<String> ledgers() {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        String ledger =
                "{\"date\":\"%s\",\"currency\":\"%s\",\"amount\":\"%s\",\"listened\":\"PT%s\","
                        + "\"translated_characters\":%s,\"spoken_characters\":0}";
        List<String> ledgers = new ArrayList<>();
        ledgers.add("{\"date\":");
        ledgers.add(ledger.formatted(today, "USD", "1e999999999", "0S", "0"));
        ledgers.add("");
        ledgers.add("[]");
        ledgers.add("\u0000\u0001\u0002");
        ledgers.add(ledger.formatted(today, "USD", "-5", "0S", "0"));
        ledgers.add(ledger.formatted(today, "EUR", "1", "0S", "0"));
        ledgers.add(ledger.formatted(today, "USD", "1e-999999999", "0S", "0"));
        ledgers.add(ledger.formatted(today, "USD", "1", "-5S", "0"));
        ledgers.add(ledger.formatted(today, "USD", "1", "0S", "-1"));
        ledgers.add(ledger.formatted("2001-02-30", "USD", "1", "0S", "0"));
        ledgers.add("a folder");
        return ledgers;
    }

    /// Starts a controller with that ledger: calls first. What was there is still to be found.
    private static void start(AttackLab lab, Path folder, String ledger) throws Exception {
        Path place = Files.createDirectories(Files.createTempDirectory(folder, "ledger"));
        Path file = place.resolve("ledger.json");
        if (ledger.equals("a folder")) {
            Files.createDirectory(file);
        } else {
            Files.write(file, ledger.getBytes(StandardCharsets.ISO_8859_1));
        }
        ControllerProcess controller = lab.controller("costs: {ledger: \"%s\"}".formatted(file));
        try (Phones phones = lab.phones();
                Pair pair = phones.join(controller, AttackLab.ONE_WAY)) {
            pair.deaf(AttackLab.SOON)
                    .ifPresent(
                            found -> {
                                throw new AssertionError(found);
                            });
        }
        if (controller.log().lines().noneMatch(line -> line.contains("ledger"))) {
            throw new AssertionError("the log says nothing of it");
        }
        try (var files = Files.walk(place)) {
            boolean kept =
                    ledger.equals("a folder")
                            || files.filter(Files::isRegularFile)
                                    .anyMatch(each -> holds(each, ledger));
            if (!kept) {
                throw new AssertionError("what stood in it is gone");
            }
        } finally {
            lab.stopController();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).equals(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
