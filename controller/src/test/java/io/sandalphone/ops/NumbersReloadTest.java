package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.ops.NumbersReload.Outcome;
import io.sandalphone.routing.NumbersFile;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.testing.WrittenLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The numbers file under changes of the real one.
class NumbersReloadTest {
    private static final String ONE = "dids:\n  \"+12125550001\": {service: echo}\n";
    private static final String TWO = ONE + "  \"+12125550002\": {service: echo}\n";
    private static final String WRONG =
            ONE + "  \"+12125550002\":\n    service: echo\n    hours: never\n";

    @TempDir private Path folder;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final WrittenLog log = new WrittenLog(NumbersReload.class);
    private volatile RouteTable used = new RouteTable(Map.of());
    private Path path;
    private NumbersReload reload;
    private FileWatch watch;

    @BeforeEach
    void begin() throws Exception {
        path = Files.writeString(folder.resolve("numbers.yaml"), ONE);
        NumbersFile file = Numbers.file(path);
        reload =
                new NumbersReload(
                        file,
                        NumbersFile.Check.NONE,
                        routes -> used = routes,
                        NumbersMeters.register(registry));
        reload.begin();
        watch = new FileWatch(path, file::lastRead, () -> outcomes.add(reload.reload()));
    }

    @AfterEach
    void end() throws Exception {
        watch.close();
        log.close();
    }

    private Outcome next() throws InterruptedException {
        Outcome outcome = outcomes.poll(60, TimeUnit.SECONDS);
        assertNotNull(outcome, "the change was not seen");
        return outcome;
    }

    private double gauge(String name) {
        return registry.get("sandalphone.numbers." + name).gauge().value();
    }

    @Test
    void a_file_that_is_written_anew_is_used() throws Exception {
        assertEquals(1, gauge("in.use"));
        Files.writeString(path, TWO);
        assertEquals(new Outcome.Loaded(2, 2, List.of()), next());
        assertTrue(used.find("+12125550002").isPresent());
        assertEquals(2, gauge("in.use"));
        assertEquals(
                1,
                registry.get("sandalphone.numbers.reloads")
                        .tag("result", "loaded")
                        .counter()
                        .count());
    }

    @Test
    void a_file_that_is_put_in_its_place_is_used() throws Exception {
        Path other = Files.writeString(folder.resolve(".numbers.yaml.swp"), TWO);
        Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
        assertEquals(new Outcome.Loaded(2, 2, List.of()), next());
    }

    @Test
    void a_link_that_comes_to_lead_elsewhere_is_followed() throws Exception {
        watch.close();
        Path link = folder.resolve("link.yaml");
        Files.createSymbolicLink(link, path);
        NumbersFile file = Numbers.file(link);
        var linked =
                new NumbersReload(
                        file,
                        NumbersFile.Check.NONE,
                        routes -> used = routes,
                        NumbersMeters.register(new SimpleMeterRegistry()));
        linked.begin();
        watch = new FileWatch(link, file::lastRead, () -> outcomes.add(linked.reload()));
        Path two = Files.writeString(folder.resolve("two.yaml"), TWO);
        Path next = Files.createSymbolicLink(folder.resolve("next"), two);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
        assertEquals(new Outcome.Loaded(2, 2, List.of()), next());
    }

    /// Whoever could not read it may be able to now.
    @Test
    void a_file_whose_rights_have_changed_is_read_again() throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        assertEquals(new Outcome.Loaded(1, 1, List.of()), next());
    }

    @Test
    void a_wrong_file_changes_nothing_until_it_is_right() throws Exception {
        RouteTable before = used;
        Files.writeString(path, WRONG);
        var refused = assertInstanceOf(Outcome.Refused.class, next());
        assertEquals(path + ":5: dids.\"+12125550002\".hours", refused.problems().getFirst().key());
        assertEquals(before, used);
        assertEquals(1, gauge("stale"));
        assertEquals(1, gauge("in.use"));
        assertEquals(
                Optional.of(path + ":5: dids.….hours; 1 in all, the file before it is in use"),
                reload.unavailableReason());

        Files.writeString(path, TWO);
        assertEquals(new Outcome.Loaded(2, 2, List.of()), next());
        assertEquals(0, gauge("stale"));
        assertEquals(Optional.empty(), reload.unavailableReason());
    }

    @Test
    void a_file_that_is_gone_changes_nothing() throws Exception {
        RouteTable before = used;
        Files.delete(path);
        assertInstanceOf(Outcome.Refused.class, next());
        assertEquals(before, used);
    }

    @Test
    void the_log_says_the_line_and_the_key_and_no_number() throws Exception {
        Files.writeString(path, WRONG);
        next();
        String lines = log.text();
        assertTrue(lines.contains("numbers.yaml:5: dids.….hours"), lines);
        assertFalse(lines.contains("2125550002"), lines);
        assertFalse(lines.contains("never"), lines);
    }

    @Test
    void a_key_that_is_perhaps_mistyped_is_logged_each_time_and_the_file_used() throws Exception {
        Files.writeString(path, ONE.replace("echo}", "echo, hour: \"Mon 09:00-17:00\"}"));
        var loaded = assertInstanceOf(Outcome.Loaded.class, next());
        assertEquals("hours (did you mean that?)", loaded.doubtful().getFirst().expected());
        reload.reload();
        String warned = "numbers.yaml:2: dids.….hour\"";
        assertEquals(3, log.text().split(warned, -1).length, log.text());
        assertFalse(log.text().contains("Mon 09"), log.text());
    }

    @Test
    void the_log_has_the_first_mistakes_and_how_many_there_are() throws Exception {
        var many = new StringBuilder("dids:\n");
        for (int i = 0; i < 1000; i++) {
            many.append("  \"+1212555%04d\": {service: echo, hours: never}\n".formatted(i));
        }
        Files.writeString(path, many);
        next();
        assertEquals(21, log.events().size());
        assertTrue(log.text().endsWith("[mistakes=\"1000\"]\n"), log.text());
    }

    @Test
    void what_an_operator_has_read_is_not_read_again_by_itself() throws Exception {
        Files.writeString(path, TWO);
        assertEquals(new Outcome.Loaded(2, 2, List.of()), reload.reload());
        Files.writeString(path, ONE);
        // The change before was not acted upon a second time.
        assertEquals(new Outcome.Loaded(1, 1, List.of()), next());
        assertTrue(outcomes.isEmpty());
    }

    @Test
    void a_wrong_file_stops_the_start() throws Exception {
        var file = Numbers.file(Files.writeString(folder.resolve("wrong.yaml"), WRONG));
        var begun =
                new NumbersReload(
                        file,
                        NumbersFile.Check.NONE,
                        _ -> {
                            throw new AssertionError("nothing is to be used");
                        },
                        NumbersMeters.register(new SimpleMeterRegistry()));
        assertThrows(ConfigurationException.class, begun::begin);
    }
}
