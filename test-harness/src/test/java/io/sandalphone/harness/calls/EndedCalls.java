package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.EventWatch;
import io.sandalphone.harness.lab.Poll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How the calls of a controller end: by its events and by its metrics, which must agree.
final class EndedCalls implements AutoCloseable {
    private final CallLab lab;
    private static final String ENDED = "sandalphone_call_ended_total";

    private final EventWatch events;
    private final Map<String, Double> before;
    private final long sockets;

    /// Watches from now on. There are no calls at the moment.
    EndedCalls(CallLab lab) {
        this.lab = lab;
        before = counted();
        events = lab.controller().watch();
        sockets = sockets();
    }

    /// Waits until nothing of any call is left anywhere, and returns how many ended in which way,
    /// such as `completed caller-hung-up`.
    Map<String, Integer> awaitAll() {
        lab.awaitIdle();
        Poll.until(
                CallLab.SOON,
                () -> ended().equals(begun()),
                () -> "each call ends: " + events.events());
        assertEquals(sockets, sockets(), "sockets for sound");
        Map<String, Integer> ends = new TreeMap<>();
        data("ended")
                .forEach(
                        end ->
                                ends.merge(
                                        end.path("result").asText()
                                                + " "
                                                + end.path("reason").asText(),
                                        1,
                                        Integer::sum));
        ends.forEach((end, count) -> assertEquals(count.doubleValue(), counted(end), end));
        return ends;
    }

    private double counted(String end) {
        String[] words = end.split(" ", 2);
        String sample = ENDED + "{reason=\"%s\",result=\"%s\"}".formatted(words[1], words[0]);
        return lab.controller().metric(sample) - before.getOrDefault(sample, 0.0);
    }

    /// Each way of ending that was counted so far.
    private Map<String, Double> counted() {
        return lab.controller()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(ENDED + "{"))
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(sample -> sample[0], s -> Double.parseDouble(s[1])));
    }

    private Set<String> begun() {
        return data("state").stream()
                .map(each -> each.path("call").asText())
                .collect(Collectors.toSet());
    }

    private Set<String> ended() {
        return data("ended").stream()
                .map(each -> each.path("call").asText())
                .collect(Collectors.toSet());
    }

    private List<JsonNode> data(String name) {
        return events.events().stream()
                .filter(event -> event.name().equals(name))
                .map(EventWatch.Event::data)
                .toList();
    }

    /// How many UDP sockets the controller has: all of its sound goes through such.
    private long sockets() {
        Path process = Path.of("/proc", Long.toString(lab.controller().pid()));
        try (var files = Files.newDirectoryStream(process.resolve("fd"))) {
            Set<String> datagrams =
                    Files.readAllLines(process.resolve("net/udp")).stream()
                            .map(line -> "socket:[" + line.strip().split("\\s+", -1)[9] + "]")
                            .collect(Collectors.toSet());
            long count = 0;
            for (Path file : files) {
                count += datagrams.contains(target(file)) ? 1 : 0;
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException _) {
            // Closed since it was listed.
            return "";
        }
    }

    @Override
    public void close() {
        events.close();
    }
}
