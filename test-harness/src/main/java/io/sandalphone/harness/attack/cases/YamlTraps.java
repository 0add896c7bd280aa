package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.ConfigCheck;
import io.sandalphone.harness.attack.Tries;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// YAML that says something else than it seems to: refused, with the line.
final class YamlTraps implements AttackCase {
    /// A trap.
    ///
    /// @param name of its kind
    /// @param text the whole file
    /// @param lines of which one must be named; none where that is no one place
    /// @param key which may be named in the place of the line; empty where it may not
    private record Trap(String name, String text, Set<Integer> lines, String key) {
        Trap(String name, String text, Integer... lines) {
            this(name, text, Set.of(lines), "");
        }

        /// The same, refused well enough when its key is named: YAML changes nothing, the value is
        /// only a wrong one.
        Trap orKey(String named) {
            return new Trap(name, text, lines, named);
        }

        boolean refused(ConfigCheck said) {
            return said.code() == 2
                    && (lines.isEmpty()
                            || lines.stream().anyMatch(said::refusesLine)
                            || (!key.isEmpty() && said.text().contains(key)));
        }
    }

    @Override
    public int number() {
        return 28;
    }

    @Override
    public String tried() {
        return "YAML that means something else than it seems: aliases, documents, octal, long"
                + " digits";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        Path folder = lab.newFolder("yaml");
        ConfigCheck good = ConfigCheck.of(folder, ConfigCheck.GOOD);
        tries.check("a good file", good.code() == 0, good::toString);
        for (Trap trap : traps(lab.random(this), lab.effort().of(20, 300))) {
            ConfigCheck said = ConfigCheck.of(folder, trap.text());
            tries.check(
                    trap.name(),
                    trap.refused(said) && !said.tellsSecrets() && !said.text().contains("\tat "),
                    () -> "expected to be refused with line " + trap.lines() + ", " + said);
        }
    }

    /// [ConfigCheck#GOOD] with `replacement` for the first `original`, and the line of it.
    private static Trap trap(String name, String original, String replacement) {
        int at = ConfigCheck.GOOD.indexOf(original);
        if (at < 0) {
            throw new IllegalArgumentException(original);
        }
        int line = (int) ConfigCheck.GOOD.substring(0, at).lines().count();
        boolean begins = at == 0 || ConfigCheck.GOOD.charAt(at - 1) == '\n';
        return new Trap(
                name,
                ConfigCheck.GOOD.replace(original, replacement),
                Integer.valueOf(begins ? line + 1 : line));
    }

    private static Trap value(String key, String value) {
        return switch (key) {
            case "token" -> trap("token: " + value, "\"${SANDALPHONE_TOKEN}\"", value);
            case "destination" -> trap("destination: " + value, "\"+525512345678\"", value);
            case "caller-id" ->
                    trap("caller-id: " + value, "\"+12125550101\"\nhttp", value + "\nhttp");
            case "port" -> trap("port: " + value, "  token:", "  port: " + value + "\n  token:");
            case "calls" ->
                    trap(
                            "max-concurrent-calls: " + value,
                            "  destinations:",
                            "  max-concurrent-calls: " + value + "\n  destinations:");
            case "relay" ->
                    trap(
                            "relay: " + value,
                            "    destination:",
                            "    relay: " + value + "\n    destination:");
            case "ring-timeout" ->
                    trap(
                            "ring-timeout: " + value,
                            "    destination:",
                            "    ring-timeout: " + value + "\n    destination:");
            default -> throw new IllegalArgumentException(key);
        };
    }

    private static List<Trap> traps(Random random, int generated) {
        List<Trap> traps = new ArrayList<>();
        // An alias stands for what is elsewhere, or for its own name.
        traps.add(value("token", "*token"));
        traps.add(
                new Trap(
                        "an alias of another value",
                        ConfigCheck.GOOD
                                .replace(
                                        "\"${SANDALPHONE_ARI_PASSWORD}\"",
                                        "&p \"abcdefghijklmnop\"")
                                .replace("\"${SANDALPHONE_TOKEN}\"", "*p"),
                        3,
                        7));
        traps.add(
                new Trap(
                        "a merge",
                        "base: &b {port: 1}\n"
                                + ConfigCheck.GOOD.replace("http:\n", "http:\n  <<: *b\n"),
                        1,
                        8));
        // What comes after it is not read.
        traps.add(
                new Trap(
                        "a second document",
                        ConfigCheck.GOOD + "---\nlog: {level: debug}\n",
                        13,
                        14));
        traps.add(
                new Trap(
                        "a document before it",
                        "log: {level: debug}\n---\n" + ConfigCheck.GOOD,
                        2,
                        3));
        traps.add(
                new Trap("after the end", ConfigCheck.GOOD + "...\nlog: {level: debug}\n", 13, 14));
        // Numbers that are read as others.
        for (String number : List.of("010", "0000012", "-010", "017_7")) {
            traps.add(value("calls", number));
        }
        traps.add(value("port", "020002"));
        for (String number :
                List.of(
                        "0o10", "1:30", "1e1", "10.0", "-0", ".inf", ".NaN", "1 0", "\u00b2",
                        "010.")) {
            traps.add(value("calls", number).orKey("max-concurrent-calls"));
        }
        for (String number : List.of("2:14:50", "8090.0", "8.09e3")) {
            traps.add(value("port", number).orKey("http.port"));
        }
        // Telephone numbers and secrets without quotes lose digits, or their plus sign.
        for (String number :
                List.of("+525512345678", "525512345678", "+52 55 1234 5678", "5.25512345678e11")) {
            traps.add(value("destination", number).orKey("destination"));
        }
        traps.add(value("caller-id", "+12125550101").orKey("caller-id"));
        for (String secret :
                List.of(
                        "12345678901234567890",
                        "0123456701234567",
                        "01234567012345670123",
                        "1234567890123456.10",
                        "0x0123456789abcdef01",
                        "1234567890_1234567890")) {
            traps.add(value("token", secret));
        }
        for (String secret :
                List.of(
                        "1e1000000000000000",
                        "1_2_3_4_5_6_7_8_9_0",
                        "!!binary MDEyMzQ1Njc4OWFiY2RlZg==",
                        "!secret 0123456789abcdef",
                        "|\n    0123456789abcdef\n    second line",
                        ">\n    0123456789abcdef\n    second",
                        "\"0123456789abcdef\\nsecond\"",
                        "\"0123456789abcdef\\u0000\"",
                        "~",
                        "null",
                        "[0123456789abcdef]",
                        "{0123456789abcdef}")) {
            traps.add(value("token", secret).orKey("token"));
        }
        for (String answer : List.of("yes", "on", "y", "no", "Off", "1", "~")) {
            traps.add(value("relay", answer).orKey("relay"));
        }
        for (String time : List.of("0:45", "45", "45.0", "0x2d", "1e1s")) {
            traps.add(value("ring-timeout", time).orKey("ring-timeout"));
        }
        // Shape.
        traps.add(
                new Trap(
                        "a key twice",
                        ConfigCheck.GOOD.replace(
                                "http:\n", "http:\n  token: \"0123456789abcdefX\"\n"),
                        7,
                        8));
        traps.add(new Trap("a section twice", ConfigCheck.GOOD + "http:\n  port: 1\n", 13));
        traps.add(new Trap("a tab", ConfigCheck.GOOD.replace("  token:", "\ttoken:"), 6, 7));
        traps.add(trap("a key that is a number", "limits:", "12:\n  x: y\nlimits:").orKey("12"));
        traps.add(new Trap("a key that is a list", ConfigCheck.GOOD + "? [a, b]\n: c\n"));
        traps.add(trap("an unknown key", "limits:", "limit: {}\nlimits:").orKey("limit"));
        traps.add(new Trap("bytes that are not UTF-8", ConfigCheck.GOOD + "# \u00e9\u00ff\n"));
        traps.add(new Trap("a NUL", ConfigCheck.GOOD + "# \u0000\n"));
        traps.add(new Trap("another YAML", "%YAML 3.0\n---\n" + ConfigCheck.GOOD));
        traps.add(new Trap("a tag of Java", "!!java.net.URL [\"http://127.0.0.1:1/\"]\n"));
        traps.add(new Trap("twenty thousand brackets", "x: " + "[".repeat(20_000) + "\n"));
        traps.add(new Trap("a billion laughs", laughs()));
        for (int i = 0; i < generated; i++) {
            Trap digits = value("token", digits(random));
            traps.add(new Trap("digits " + i, digits.text(), digits.lines(), ""));
        }
        return traps;
    }

    /// Digits that YAML takes for a number, with or without what numbers may have.
    private static String digits(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 17 + random.nextInt(10); i++) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        return switch (random.nextInt(4)) {
            case 0 -> text.toString();
            case 1 -> "0" + text;
            case 2 -> text.insert(1 + random.nextInt(5), '.').toString();
            default -> text.append("e").append(random.nextInt(400)).toString();
        };
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            text.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "x"));
        }
        return text.toString();
    }
}
