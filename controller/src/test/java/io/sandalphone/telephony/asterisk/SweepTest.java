package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.loway.oss.ari4java.generated.models.Bridge;
import ch.loway.oss.ari4java.generated.models.Channel;

import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What is found at Asterisk, and what is done about it.
///
/// A channel is written `id state`, with `@call:role` where it is marked and `>called` where it stands
/// in Stasis as one that arrived; a bridge `id[members]`.
class SweepTest {
    private static final String PAIR =
            "171.1 Up @7f3:caller >+1 | sp-7f3-destination Up @7f3:destination";
    private static final String MAIN = "sp-7f3-main[171.1 sp-7f3-destination]";
    private static final String HELPERS =
            " | sp-7f3-snoop-2 Up | sp-7f3-media-3 Up | sp-7f3-anchor-1 Up";
    private static final String WHOLE = "sp-7f3-main[171.1 sp-7f3-destination sp-7f3-anchor-1]";

    static Stream<Arguments> table() {
        return Stream.of(
                row("nothing", "", "", "", "", "clean"),
                row("a live call", PAIR + HELPERS, WHOLE, "7f3", "", "clean"),
                row(
                        "two who talk, with what was ours",
                        PAIR + HELPERS,
                        WHOLE + " | sp-7f3-private-4[sp-7f3-snoop-2 sp-7f3-media-3]",
                        "",
                        "",
                        "left 7f3 restore 171.1 sp-7f3-destination"
                                + " hangup sp-7f3-snoop-2 sp-7f3-media-3 sp-7f3-anchor-1"
                                + " remove sp-7f3-private-4"),
                row(
                        "two who talk",
                        PAIR,
                        MAIN,
                        "",
                        "",
                        "left 7f3 restore 171.1 sp-7f3-destination"),
                row(
                        "two who talk, the caller never marked",
                        "171.1 Up >+1 | sp-7f3-destination Up @7f3:destination",
                        MAIN,
                        "",
                        "",
                        "left 7f3 restore 171.1 sp-7f3-destination"),
                row(
                        "two whose call was to end",
                        PAIR,
                        MAIN,
                        "",
                        "7f3",
                        "hangup 171.1 sp-7f3-destination remove sp-7f3-main"),
                row(
                        "a destination that rings",
                        "171.1 Ring @7f3:caller >+1 | sp-7f3-destination Ringing @7f3:destination",
                        MAIN,
                        "",
                        "",
                        "left 7f3 restore 171.1 sp-7f3-destination"),
                row(
                        "a destination that nobody rang",
                        "171.1 Ring @7f3:caller >+1 | sp-7f3-destination Down @7f3:destination",
                        MAIN,
                        "",
                        "",
                        "hangup sp-7f3-destination remove sp-7f3-main unconnected 171.1"),
                row(
                        "a destination that nobody rang, of a call that was to end",
                        "171.1 Ring @7f3:caller >+1 | sp-7f3-destination Down @7f3:destination",
                        MAIN,
                        "",
                        "7f3",
                        "hangup 171.1 sp-7f3-destination remove sp-7f3-main"),
                row(
                        "a caller beside whom no destination is any more",
                        "171.1 Ring @7f3:caller >+1",
                        "sp-7f3-main[171.1]",
                        "",
                        "",
                        "remove sp-7f3-main unconnected 171.1"),
                row(
                        "a destination that nobody rang, and a caller not marked yet and not"
                                + " bridged",
                        "171.1 Ring >+1 | sp-7f3-destination Down @7f3:destination",
                        "",
                        "",
                        "",
                        "hangup sp-7f3-destination arrival 171.1"),
                row(
                        "one leg alone",
                        "171.1 Up @7f3:caller >+1",
                        "sp-7f3-main[171.1]",
                        "",
                        "",
                        "hangup 171.1 remove sp-7f3-main"),
                row(
                        "two legs of which one is outside",
                        PAIR,
                        "sp-7f3-main[171.1]",
                        "",
                        "",
                        "hangup 171.1 sp-7f3-destination remove sp-7f3-main"),
                row(
                        "helpers without legs",
                        "sp-7f3-snoop-2 Up | sp-7f3-media-3 Up",
                        "",
                        "",
                        "",
                        "hangup sp-7f3-snoop-2 sp-7f3-media-3"),
                row("an empty bridge", "", "sp-7f3-main[]", "", "", "remove sp-7f3-main"),
                row("a caller nobody took up", "171.1 Ring >+1", "", "", "", "arrival 171.1"),
                row(
                        "a caller of a live call who is not marked yet",
                        "171.1 Ring >+1",
                        "sp-7f3-main[171.1]",
                        "7f3",
                        "",
                        "clean"),
                row("what others have", "202.5 Up", "conference-1[202.5]", "", "", "clean"),
                row(
                        "a dead call beside a live one",
                        PAIR + " | 172.9 Up @9k:caller >+1",
                        MAIN + " | sp-9k-main[172.9]",
                        "7f3",
                        "",
                        "hangup 172.9 remove sp-9k-main"));
    }

    private static Arguments row(
            String what, String channels, String bridges, String live, String ended, String done) {
        return Arguments.of(what, channels, bridges, live, ended, done);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void each_thing_that_is_found_is_dealt_with(
            String what, String channels, String bridges, String live, String ended, String done) {
        var found =
                new Sweep.Inventory(
                        parts(channels).map(SweepTest::channel).toList(),
                        parts(bridges).map(SweepTest::bridge).toList());
        var sweep = Sweep.of(found, set(live), set(ended), "sandalphone");
        assertEquals(done, print(sweep), what);
    }

    private static String print(Sweep sweep) {
        List<String> done = new ArrayList<>();
        add(done, "left", sweep.leftTalking());
        add(done, "restore", sweep.restore());
        add(done, "hangup", sweep.hangUp());
        add(done, "remove", sweep.remove());
        add(done, "unconnected", sweep.unconnected().stream().map(Channel::getId).toList());
        add(done, "arrival", sweep.arrivals().stream().map(Channel::getId).toList());
        return done.isEmpty() ? "clean" : String.join(" ", done);
    }

    private static void add(List<String> done, String what, Iterable<String> ids) {
        String joined = String.join(" ", ids);
        if (!joined.isEmpty()) {
            done.add(what + " " + joined);
        }
    }

    private static Stream<String> parts(String list) {
        return Arrays.stream(list.split(" *\\| *")).filter(part -> !part.isEmpty());
    }

    private static Set<String> set(String id) {
        return id.isEmpty() ? Set.of() : Set.of(id);
    }

    private static Channel channel(String written) {
        List<String> words = List.of(written.split(" "));
        var asterisk = new FakeAsterisk(new VirtualLoop());
        var channel = asterisk.arrive(words.getFirst(), "");
        channel.state = words.get(1);
        channel.stasisArguments = "leg";
        for (String word : words.subList(2, words.size())) {
            if (word.startsWith("@")) {
                channel.variables.put("SP_CALL", word.substring(1).replaceFirst(":.*", ""));
                channel.variables.put("SP_ROLE", word.replaceFirst(".*:", ""));
            } else {
                channel.stasisArguments = "inbound," + word.substring(1);
            }
        }
        return asterisk.model(channel);
    }

    private static Bridge bridge(String written) {
        var asterisk = new FakeAsterisk(new VirtualLoop());
        String id = written.replaceFirst("\\[.*", "");
        String members = written.replaceFirst(".*\\[", "").replace("]", "");
        asterisk.bridges.put(
                id,
                new LinkedHashSet<>(
                        Arrays.stream(members.split(" ")).filter(m -> !m.isEmpty()).toList()));
        return asterisk.model(id);
    }
}
