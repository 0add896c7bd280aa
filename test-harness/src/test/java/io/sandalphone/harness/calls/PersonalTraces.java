package io.sandalphone.harness.calls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// Finds a person in a log: their name or their number, in whatever shape.
final class PersonalTraces {
    /// Nobody else is called so.
    static final String NAME = "Zebulon";

    /// A number in North America, without its country's code.
    static final String NUMBER = "7035559138";

    // What stands at the beginning of a line of Asterisk's: a time and a thread.
    private static final Pattern STAMP =
            Pattern.compile("^\\[[-0-9 :.]+\\] [A-Z]+\\[[0-9]+\\](\\[C-[0-9a-f]+\\])?");

    private static final Pattern PERSON = Pattern.compile(String.join("|", shapes()));

    private PersonalTraces() {}

    /// The lines of `log` in which the person is.
    static List<String> in(String log) {
        return log.lines().filter(line -> isIn(STAMP.matcher(line).replaceFirst(""))).toList();
    }

    private static boolean isIn(String text) {
        return PERSON.matcher(text).find();
    }

    private static List<String> shapes() {
        List<String> shapes = new ArrayList<>();
        shapes.add("(?i:" + NAME + ")");
        // Its last seven digits, with whatever is put between digits.
        shapes.add(String.join("[^0-9\\n]{0,3}", NUMBER.substring(3).split("")));
        // Its last four, by themselves or behind what stands for the others.
        shapes.add("(?<![0-9A-Za-z])[xX]*" + NUMBER.substring(6) + "(?![0-9A-Za-z])");
        for (String secret : List.of(NAME, NUMBER.substring(3))) {
            byte[] bytes = secret.getBytes(StandardCharsets.US_ASCII);
            for (String before : List.of("", "%", "\\x", "\\u00", " ", ":")) {
                String hex = HexFormat.ofDelimiter(before).formatHex(bytes);
                shapes.add("(?i:" + Pattern.quote(hex) + ")");
            }
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
            shapes.add(Pattern.quote(base64.substring(0, base64.length() - 1)));
        }
        return shapes;
    }
}
