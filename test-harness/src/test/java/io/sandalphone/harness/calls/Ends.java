package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerProcess;
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
final class Ends implements AutoCloseable {
    private final CallLab lab;
    private final EventWatch events;
    private final int sockets;

    /// Watches from now on. There are no calls at the moment.
    Ends(CallLab lab) {
        this.lab = lab;
        events = lab.controller().watch();
        sockets = sockets(lab.controller());
    }

    /// Waits until nothing of any call is left anywhere, and returns how many ended in which way,
    /// such as `completed caller-hung-up`.
    Map<String, Integer> awaitAll() {
        lab.awaitIdle();
        Poll.until(
                CallLab.SOON,
                () -> ended().equals(begun()),
                () -> "each call ends: " + events.events());
        // Connections kept open for the next request to Asterisk close after ten seconds.
        Poll.until(
                CallLab.SOON.multipliedBy(2),
                () -> sockets(lab.controller()) <= sockets,
                () -> "no socket is left: " + sockets(lab.controller()) + " of " + sockets);
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
        return lab.controller()
                .metric(
                        "sandalphone_call_ended_total{reason=\"%s\",result=\"%s\"}"
                                .formatted(words[1], words[0]));
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

    private static int sockets(ControllerProcess controller) {
        int count = 0;
        try (var open = Files.newDirectoryStream(Path.of("/proc", "" + controller.pid(), "fd"))) {
            for (Path each : open) {
                count += isSocket(each) ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count;
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException _) {
            // Closed since it was listed.
            return false;
        }
    }

    @Override
    public void close() {
        events.close();
    }
}
