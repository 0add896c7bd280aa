package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.telephony.FoundCall;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was written down, what is found, and what becomes of it.
class ReadoptionTest {
    private static final FoundCall TALKING = CallRecords.found("a", true);
    private static final FoundCall RINGING = CallRecords.found("a", false);

    static Stream<Arguments> table() {
        return Stream.of(
                row("nothing", List.of(), List.of(), ""),
                row("two who talk", List.of(CallRecords.talking("a")), List.of(TALKING), "adopt a"),
                row(
                        "a phone that rings",
                        List.of(CallRecords.ringing("a")),
                        List.of(RINGING),
                        "adopt a"),
                row(
                        "a phone that was answered meanwhile",
                        List.of(CallRecords.ringing("a")),
                        List.of(TALKING),
                        "adopt a"),
                row(
                        "a phone that rings although it was answered",
                        List.of(CallRecords.talking("a")),
                        List.of(RINGING),
                        "leave a other-legs"),
                row("no record", List.of(), List.of(TALKING), "leave a no-record"),
                row(
                        "another caller under that id",
                        List.of(CallRecords.talking("a")),
                        List.of(with(TALKING, Party.CALLER, place("fake", "stranger"))),
                        "leave a other-legs"),
                row(
                        "another destination under that id",
                        List.of(CallRecords.talking("a")),
                        List.of(with(TALKING, Party.DESTINATION, place("fake", "stranger"))),
                        "leave a other-legs"),
                row(
                        "the same channel of another carrier",
                        List.of(CallRecords.talking("a")),
                        List.of(with(TALKING, Party.DESTINATION, place("other", "dest-a"))),
                        "leave a other-legs"),
                row(
                        "one who is alone",
                        List.of(CallRecords.talking("a")),
                        List.of(without(TALKING, Party.CALLER)),
                        "release a"),
                row(
                        "one who is alone, and of whom nothing is known",
                        List.of(),
                        List.of(without(TALKING, Party.DESTINATION)),
                        "release a"),
                row(
                        "a call that is over",
                        List.of(CallRecords.talking("a")),
                        List.of(),
                        "forget a"),
                row(
                        "all at once",
                        List.of(CallRecords.talking("a"), CallRecords.talking("c")),
                        List.of(TALKING, CallRecords.found("b", true)),
                        "adopt a, leave b no-record, forget c"));
    }

    private static Arguments row(
            String what, List<CallRecord> records, List<FoundCall> found, String expected) {
        return Arguments.of(what, records, found, expected);
    }

    private static LegPlace place(String carrier, String channel) {
        return new LegPlace(carrier, Map.of("channel", channel));
    }

    private static FoundCall with(FoundCall call, Party party, LegPlace place) {
        Map<Party, LegPlace> legs = new EnumMap<>(call.legs());
        legs.put(party, place);
        return new FoundCall(call.callId(), legs, call.answered(), call.connection());
    }

    private static FoundCall without(FoundCall call, Party party) {
        Map<Party, LegPlace> legs = new EnumMap<>(call.legs());
        legs.remove(party);
        return new FoundCall(call.callId(), legs, call.answered(), call.connection());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void only_what_is_found_and_written_down_goes_on(
            String what, List<CallRecord> records, List<FoundCall> found, String expected) {
        Map<String, CallRecord> byId =
                records.stream().collect(Collectors.toMap(CallRecord::id, Function.identity()));
        assertEquals(
                expected,
                Readoption.of(byId, found, Readoption.Reason.NO_RECORD).stream()
                        .map(ReadoptionTest::words)
                        .collect(Collectors.joining(", ")));
    }

    private static String words(Readoption.Verdict verdict) {
        return switch (verdict) {
            case Readoption.Verdict.Adopt adopt -> "adopt " + adopt.callId();
            case Readoption.Verdict.Leave(var id, var reason) ->
                    "leave " + id + " " + reason.wireName();
            case Readoption.Verdict.Release(var id) -> "release " + id;
            case Readoption.Verdict.Forget(var id) -> "forget " + id;
        };
    }
}
