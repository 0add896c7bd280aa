package io.sandalphone.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A character spoken costs one, an hour listened 3.6: a thousandth for each second.
class AccountingTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final PriceTable PRICES =
            new PriceTable(
                    Map.of(
                            "voice",
                            Map.of(
                                    Service.SPOKEN, new BigDecimal("1000000"),
                                    Service.LISTENED, new BigDecimal("3.6"))));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CostMeters meters = CostMeters.register(registry);
    private final List<String> capped = new ArrayList<>();

    /// 23:59 in Mexico City.
    private Instant now = Instant.parse("2026-11-21T05:59:00Z");

    private Accounting open(CostSettings settings) {
        return Accounting.open(settings, () -> now, meters);
    }

    private static CostSettings settings(
            Optional<Integer> perCall, Optional<Integer> perDay, Optional<Path> ledger) {
        return new CostSettings(
                USD,
                perCall.map(BigDecimal::valueOf),
                perDay.map(BigDecimal::valueOf),
                ZoneId.of("America/Mexico_City"),
                ledger,
                PRICES);
    }

    private static CostSettings perDay(int cap) {
        return settings(Optional.empty(), Optional.of(cap), Optional.empty());
    }

    private CostMeter meter(Accounting accounting, String call) {
        return accounting.meter(() -> capped.add(call));
    }

    private static void assertAmount(String expected, Costs costs) {
        assertEquals(
                0,
                new BigDecimal(expected).compareTo(costs.spending().amount()),
                costs.spending()::toString);
    }

    @Test
    void what_calls_use_adds_up_for_each_and_for_the_day() throws Exception {
        Accounting accounting =
                open(settings(Optional.empty(), Optional.empty(), Optional.empty()));
        CostMeter first = meter(accounting, "first");
        first.listened("voice", Duration.ofMillis(1500));
        first.spoken("voice", 7);
        first.translated("free", 5);
        CostMeter second = meter(accounting, "second");
        second.spoken("voice-deep", 2);
        assertEquals(
                new Spending(
                        Duration.ofMillis(1500), 5, 7, 0, 0, first.costs().spending().amount()),
                first.costs().spending());
        assertAmount("7.0015", first.costs());
        assertAmount("2", second.costs());
        assertAmount("9.0015", accounting.today());
        assertEquals(5, accounting.today().spending().translatedCharacters());
        assertEquals(9.0015, registry.get("sandalphone.cost.today").gauge().value());
        assertEquals(
                9,
                registry.get("sandalphone.cost.spent").tag("service", "spoken").counter().count());
        assertEquals(1.5, registry.get("sandalphone.cost.listened").counter().count());
        assertEquals(1, registry.get("sandalphone.cost.unpriced").counter().count());
    }

    @Test
    void tokens_cost_and_count_toward_the_caps() throws Exception {
        PriceTable prices =
                new PriceTable(
                        Map.of(
                                "model",
                                Map.of(
                                        Service.READ, new BigDecimal("1000"),
                                        Service.WRITTEN, new BigDecimal("5000"))));
        Accounting accounting =
                open(
                        new CostSettings(
                                USD,
                                Optional.of(BigDecimal.valueOf(5)),
                                Optional.empty(),
                                ZoneId.of("America/Mexico_City"),
                                Optional.empty(),
                                prices));
        CostMeter call = meter(accounting, "call");
        call.read("model", 1200);
        call.written("model", 500);
        assertAmount("3.7", call.costs());
        assertEquals(List.of(), capped);
        call.read("model", 1300);
        assertEquals(List.of("call"), capped);
        assertEquals(2500, call.costs().spending().readTokens());
        assertEquals(500, accounting.today().spending().writtenTokens());
        assertEquals(
                2500,
                registry.get("sandalphone.cost.tokens").tag("service", "read").counter().count());
        assertEquals(
                2.5,
                registry.get("sandalphone.cost.spent").tag("service", "written").counter().count());
    }

    @Test
    void a_call_that_has_cost_what_it_may_is_told_once_and_no_other() throws Exception {
        Accounting accounting = open(settings(Optional.of(5), Optional.empty(), Optional.empty()));
        CostMeter dear = meter(accounting, "dear");
        CostMeter cheap = meter(accounting, "cheap");
        assertTrue(dear.mayTranslate() && cheap.mayTranslate());
        dear.spoken("voice", 4);
        assertEquals(List.of(), capped);
        dear.spoken("voice", 1);
        dear.spoken("voice", 1);
        assertEquals(List.of("dear"), capped);
        assertEquals(Optional.of(CostCap.PER_CALL), dear.costs().reached());
        assertFalse(dear.mayTranslate());
        assertTrue(cheap.mayTranslate());
        assertEquals(Optional.empty(), accounting.today().reached());
        assertEquals(
                1,
                registry.get("sandalphone.cost.capped").tag("cap", "per-call").counter().count());
    }

    @Test
    void a_day_that_has_cost_what_it_may_tells_every_translated_call() throws Exception {
        Accounting accounting = open(perDay(5));
        CostMeter first = meter(accounting, "first");
        CostMeter second = meter(accounting, "second");
        CostMeter over = meter(accounting, "over");
        meter(accounting, "never translated");
        assertTrue(first.mayTranslate() && second.mayTranslate() && over.mayTranslate());
        over.close();
        first.spoken("voice", 3);
        second.spoken("voice", 3);
        second.spoken("voice", 3);
        assertEquals(List.of("first", "second"), capped.stream().sorted().toList());
        CostMeter late = meter(accounting, "late");
        assertFalse(late.mayTranslate());
        assertTrue(capped.contains("late"));
        assertEquals(Optional.of(CostCap.PER_DAY), late.costs().reached());
        assertEquals(Optional.of(CostCap.PER_DAY), accounting.today().reached());
    }

    @Test
    void from_midnight_on_new_calls_are_translated_again() throws Exception {
        Accounting accounting = open(perDay(5));
        CostMeter evening = meter(accounting, "evening");
        assertTrue(evening.mayTranslate());
        evening.spoken("voice", 5);
        now = Instant.parse("2026-11-21T05:59:59.999Z");
        assertFalse(meter(accounting, "late").mayTranslate());
        now = Instant.parse("2026-11-21T06:00:00Z");
        assertAmount("0", accounting.today());
        assertTrue(meter(accounting, "morning").mayTranslate());
        assertFalse(evening.mayTranslate(), "what went on untranslated goes on so");
        evening.spoken("voice", 1);
        assertAmount("6", evening.costs());
        assertAmount("1", accounting.today());
    }

    @Test
    void a_clock_that_was_ahead_does_not_keep_its_day() throws Exception {
        now = Instant.parse("2030-01-01T12:00:00Z");
        Accounting accounting = open(perDay(5));
        meter(accounting, "call").spoken("voice", 5);
        now = Instant.parse("2026-11-21T12:00:00Z");
        assertAmount("0", accounting.today());
    }

    @Test
    void many_threads_add_up_exactly_and_cross_the_cap_once() throws Exception {
        Accounting accounting = open(perDay(5_000));
        var told = new AtomicInteger();
        CostMeter shared = accounting.meter(told::incrementAndGet);
        assertTrue(shared.mayTranslate());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int n = 0; n < 1000; n++) {
                                            shared.spoken("voice", 1);
                                            shared.listened("voice", Duration.ofMillis(7));
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertAmount("8000.056", shared.costs());
        assertAmount("8000.056", accounting.today());
        assertEquals(Duration.ofSeconds(56), shared.costs().spending().listened());
        assertEquals(1, told.get());
    }

    @Test
    void the_day_survives_a_restart_and_its_end_does_not(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("costs.json");
        CostSettings settings = settings(Optional.empty(), Optional.of(5), Optional.of(file));
        try (Accounting before = open(settings)) {
            CostMeter call = meter(before, "call");
            call.spoken("voice", 5);
            call.listened("voice", Duration.ofMillis(250));
            call.read("free", 700);
            call.written("free", 30);
        }
        try (Accounting after = open(settings)) {
            assertAmount("5.00025", after.today());
            assertEquals(700, after.today().spending().readTokens());
            assertEquals(30, after.today().spending().writtenTokens());
            assertEquals(Duration.ofMillis(250), after.today().spending().listened());
            assertFalse(meter(after, "call").mayTranslate());
        }
        now = now.plus(Duration.ofMinutes(1));
        try (Accounting nextDay = open(settings)) {
            assertAmount("0", nextDay.today());
            assertTrue(meter(nextDay, "call").mayTranslate());
        }
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file, folder.resolve("costs.json.lock")), files.sorted().toList());
        }
    }

    private static final String LEDGER =
            "{\"date\": \"2026-11-20\", \"currency\": \"%s\", \"amount\": \"%s\","
                    + " \"listened\": \"%s\", \"translated_characters\": %s,"
                    + " \"spoken_characters\": 0}";

    @Test
    void a_ledger_of_a_gateway_that_counted_no_tokens_is_gone_on_from(@TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("costs.json");
        Files.writeString(file, LEDGER.formatted("USD", "2", "PT1S", "3"));
        try (Accounting after =
                open(settings(Optional.empty(), Optional.empty(), Optional.of(file)))) {
            assertAmount("2", after.today());
            assertEquals(0, after.today().spending().readTokens());
        }
    }

    static Stream<String> broken() {
        return Stream.of(
                "",
                "nonsense",
                "[]",
                "{\"date\":",
                "\u0000\u0001\u0002",
                "{\"date\": \"2026-11-20\", \"currency\": \"USD\"}",
                LEDGER.formatted("EUR", "1", "PT0S", "0"),
                LEDGER.formatted("USD", "-5", "PT0S", "0"),
                LEDGER.formatted("USD", "+5", "PT0S", "0"),
                LEDGER.formatted("USD", "1e999999999", "PT0S", "0"),
                LEDGER.formatted("USD", "1e-999999999", "PT0S", "0"),
                LEDGER.formatted("USD", "9".repeat(100), "PT0S", "0"),
                LEDGER.formatted("USD", "1", "PT-5S", "0"),
                LEDGER.formatted("USD", "1", "PT0S", "-1"),
                LEDGER.formatted("USD", "1", "PT0S", "1.5"),
                LEDGER.formatted("USD", "1", "PT0S", "99999999999999999999"),
                LEDGER.formatted("USD", "1", "PT0S", "0").replace("11-20", "02-30"),
                LEDGER.formatted("USD", "1", "PT0S", "0") + " ".repeat(100_000),
                LEDGER.formatted("USD", "1", "PT0S", "0") + "{}");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_broken_ledger_is_set_aside_as_it_is_and_the_day_begins_at_nothing(
            String text, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("costs.json"), text);
        CostSettings settings = settings(Optional.empty(), Optional.of(5), Optional.of(file));
        try (Accounting accounting = open(settings)) {
            assertAmount("0", accounting.today());
            CostMeter call = meter(accounting, "call");
            assertTrue(call.mayTranslate());
            call.spoken("voice", 2);
            assertTrue(reason(accounting).contains("set aside"), reason(accounting));
            Instant today = now;
            now = now.plus(Duration.ofDays(1));
            assertEquals("", reason(accounting), "another day is not short of anything");
            now = today;
        }
        try (Accounting again = open(settings)) {
            assertAmount("2", again.today());
            assertEquals("", reason(again));
        }
        assertEquals(1, registry.get("sandalphone.cost.ledger.failed").counter().count());
        assertEquals(text, Files.readString(aside(folder)));
    }

    private static String reason(Accounting accounting) {
        return accounting.unavailableReason().orElse("");
    }

    private static Path aside(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            List<Path> broken =
                    files.filter(file -> file.getFileName().toString().contains(".broken-"))
                            .toList();
            assertEquals(1, broken.size(), broken::toString);
            return broken.getFirst();
        }
    }

    @Test
    void a_second_broken_ledger_does_not_replace_the_first(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("costs.json");
        CostSettings settings = settings(Optional.empty(), Optional.empty(), Optional.of(file));
        for (String text : List.of("first", "second")) {
            Files.writeString(file, text);
            open(settings).close();
        }
        try (var files = Files.list(folder)) {
            assertEquals(2, files.filter(each -> each.toString().contains(".broken-")).count());
        }
    }

    @Test
    void an_empty_folder_in_its_place_is_set_aside_too(@TempDir Path folder) throws Exception {
        Path file = Files.createDirectory(folder.resolve("costs.json"));
        CostSettings settings = settings(Optional.empty(), Optional.empty(), Optional.of(file));
        open(settings).close();
        assertTrue(Files.isDirectory(aside(folder)));
        assertTrue(Files.isRegularFile(file));
    }

    /// A setting may lead to somebody's data by mistake.
    @Test
    void a_folder_that_holds_something_stays_where_it_is(@TempDir Path folder) throws Exception {
        Path file = Files.createDirectory(folder.resolve("costs.json"));
        Files.writeString(file.resolve("inside"), "kept");
        CostSettings settings = settings(Optional.empty(), Optional.empty(), Optional.of(file));
        try (Accounting accounting = open(settings)) {
            assertEquals("kept", Files.readString(file.resolve("inside")));
            assertTrue(reason(accounting).contains("cannot be written"), reason(accounting));
        }
    }

    @Test
    @Timeout(20)
    void what_is_neither_file_nor_folder_is_left_alone(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("costs.json");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        CostSettings settings = settings(Optional.empty(), Optional.empty(), Optional.of(pipe));
        try (Accounting accounting = open(settings)) {
            assertAmount("0", accounting.today());
        }
        assertFalse(Files.isRegularFile(pipe));
        assertTrue(Files.exists(pipe));
    }

    @Test
    void a_ledger_that_cannot_be_written_is_tried_again(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("missing").resolve("costs.json");
        try (Accounting accounting =
                open(settings(Optional.empty(), Optional.empty(), Optional.of(file)))) {
            meter(accounting, "call").spoken("voice", 3);
            assertTrue(reason(accounting).contains("cannot be written"), reason(accounting));
            Files.createDirectory(file.getParent());
        }
        assertTrue(Files.readString(file).contains("\"3"), () -> file.toString());
    }

    @Test
    void a_ledger_of_another_gateway_is_left_to_it(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("ledger");
        CostSettings settings = settings(Optional.empty(), Optional.empty(), Optional.of(file));
        try (Accounting first = open(settings)) {
            String its = Files.readString(file);
            Accounting second = open(settings);
            meter(second, "call").spoken("voice", 5);
            second.close();
            assertEquals(its, Files.readString(file));
            assertEquals(
                    "the day's costs cannot be written to " + file + ": another gateway writes it",
                    second.unavailableReason().orElseThrow());
            assertEquals(Optional.empty(), first.unavailableReason());
        }
        Accounting third = open(settings);
        third.close();
        assertEquals(Optional.empty(), third.unavailableReason());
    }

    @Test
    void a_disk_that_refuses_later_on_is_counted(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("kept").resolve("costs.json");
        Files.createDirectory(file.getParent());
        Accounting accounting =
                open(settings(Optional.empty(), Optional.empty(), Optional.of(file)));
        // What is there is written no more.
        Files.move(file.getParent(), folder.resolve("gone"));
        meter(accounting, "call").spoken("voice", 1);
        accounting.close();
        assertEquals(1, registry.get("sandalphone.cost.ledger.failed").counter().count());
    }

    @Test
    void a_call_that_goes_on_here_adds_to_what_it_had_cost_and_the_day_pays_that_once() {
        Accounting accounting = open(settings(Optional.of(10), Optional.empty(), Optional.empty()));
        CostMeter before = meter(accounting, "before");
        before.spoken("voice", 7);
        CostMeter after = accounting.meter(() -> capped.add("after"), before.costs());
        assertAmount("7", after.costs());
        assertTrue(after.mayTranslate());
        after.spoken("voice", 3);
        assertAmount("10", after.costs());
        assertEquals(List.of("after"), capped);
        assertAmount("10", accounting.today());
        CostMeter third = accounting.meter(() -> capped.add("third"), after.costs());
        assertFalse(third.mayTranslate(), "it had reached its cap");
        var pesos =
                new Costs(after.costs().spending(), Currency.getInstance("MXN"), Optional.empty());
        assertAmount("0", accounting.meter(() -> {}, pesos).costs());
    }
}
