package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.i18n.phonenumbers.PhoneNumberUtil;

import io.sandalphone.telephony.NumberPlan;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What Asterisk's configuration knows of emergency numbers is what the controller knows. With a new libphonenumber the
/// file is made anew from what is expected here: `-Dsandalphone.write=true`.
class EmergencyNumbersTest {
    private static final int ALL_UP_TO = 3;

    @Test
    void the_table_beside_render_is_the_controllers() throws Exception {
        Path file = Project.file("asterisk-conf/emergency-numbers");
        List<String> all = Files.readAllLines(file);
        List<String> comment = all.stream().takeWhile(line -> line.startsWith("#")).toList();
        List<String> found = all.subList(comment.size(), all.size());
        List<String> expected = table(candidates(found));
        if (Boolean.getBoolean("sandalphone.write")) {
            List<String> written = new ArrayList<>(comment);
            written.addAll(expected);
            Files.write(file, written);
        }
        assertEquals(String.join("\n", expected), String.join("\n", found));
    }

    /// Every short number, and of the longer ones, which hardly any country has, those that some country has already.
    private static Set<String> candidates(List<String> table) {
        Set<String> candidates = new TreeSet<>();
        for (int length = 2; length <= ALL_UP_TO; length++) {
            for (int i = 0; i < Math.pow(10, length); i++) {
                candidates.add(String.format(Locale.ROOT, "%0" + length + "d", i));
            }
        }
        table.stream().flatMap(line -> Stream.of(line.split(" ")).skip(1)).forEach(candidates::add);
        candidates.removeAll(List.of("112", "911"));
        return candidates;
    }

    /// A line for each country code: the code, and what is dialled for help there besides 112 and 911.
    private static List<String> table(Set<String> candidates) {
        List<String> lines = new ArrayList<>();
        for (int code : new TreeSet<>(PhoneNumberUtil.getInstance().getSupportedCallingCodes())) {
            Set<String> countries = NumberPlan.mainRegions(Integer.toString(code));
            lines.add(
                    code
                            + candidates.stream()
                                    .filter(number -> NumberPlan.isEmergency(number, countries))
                                    .map(number -> " " + number)
                                    .collect(Collectors.joining()));
        }
        return lines;
    }
}
