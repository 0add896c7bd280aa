package io.sandalphone.harness.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// SIPp on the carrier's side of an [AsteriskHost], playing one side of one or many calls by a
/// script: callers by the dozen, or a destination that behaves in one odd way.
///
/// Used from one thread at a time.
public final class SippScenario implements AutoCloseable {
    // As the scripts have it; without a voice no RTP is sent at all.
    private static final String SPEAKING =
            "<action><exec rtp_stream=\"voice.ulaw,-1,0\"/></action>";
    private static final int TRUNK_PORT = 5060;
    private static final int CALLERS_PORT = 5090;

    /// What the destination does with each call.
    public enum Destination {
        /// Answers at once and speaks until the other side hangs up.
        ANSWER,
        /// 486.
        BUSY,
        /// 603.
        DECLINE,
        /// 480.
        UNAVAILABLE,
        /// 503.
        OVERLOADED,
        /// Rings until the other side gives up.
        NO_ANSWER,
        /// Speaks for a second (183 with SDP), then answers.
        EARLY_MEDIA
    }

    /// Calls to `called`, each `talk` long once answered, at most `atOnce` at a time, `perSecond`
    /// new ones a second. `address` is where they come from; Asterisk trusts
    /// [AsteriskHost#CARRIER_ADDRESS].
    public record Callers(
            String address, String called, int calls, int atOnce, int perSecond, Duration talk) {}

    private final Path folder;
    private final Process process;

    private SippScenario(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /// Stands where Asterisk dials, for `calls` calls. `voice` is what is said there, again and
    /// again: mu-law at 8 kHz. An empty voice sends no RTP at all.
    public static SippScenario destination(
            AsteriskHost host, Destination behaviour, int calls, byte[] voice) {
        String scenario = behaviour.name().toLowerCase(Locale.ROOT).replace('_', '-');
        SippScenario sipp =
                run(
                        host,
                        scenario,
                        voice,
                        List.of(
                                "-i",
                                AsteriskHost.CARRIER_ADDRESS,
                                "-p",
                                Integer.toString(TRUNK_PORT),
                                "-mi",
                                AsteriskHost.CARRIER_ADDRESS,
                                "-m",
                                Integer.toString(calls)));
        String listening = AsteriskHost.CARRIER_ADDRESS + ":" + TRUNK_PORT + " ";
        Poll.until(
                Duration.ofSeconds(5),
                () ->
                        !sipp.process.isAlive()
                                || Command.run(host.carrier().command("ss", "-Hlun"))
                                        .contains(listening),
                "SIPp listens");
        return sipp;
    }

    /// Makes calls. `voice` is what the callers say, as for [#destination].
    public static SippScenario callers(AsteriskHost host, Callers callers, byte[] voice) {
        return run(
                host,
                "caller",
                voice,
                List.of(
                        AsteriskHost.ADDRESS + ":5060",
                        "-i",
                        callers.address(),
                        "-p",
                        Integer.toString(CALLERS_PORT),
                        "-mi",
                        callers.address(),
                        "-s",
                        callers.called(),
                        "-key",
                        "caller",
                        "+12125550109",
                        "-m",
                        Integer.toString(callers.calls()),
                        "-l",
                        Integer.toString(callers.atOnce()),
                        "-r",
                        Integer.toString(callers.perSecond()),
                        "-d",
                        Long.toString(callers.talk().toMillis())));
    }

    private static SippScenario run(
            AsteriskHost host, String scenario, byte[] voice, List<String> options) {
        Path folder = RunFolder.create("sipp");
        try {
            Path script = folder.resolve(scenario + ".xml");
            try (InputStream resource =
                    Objects.requireNonNull(
                            SippScenario.class.getResourceAsStream(scenario + ".xml"))) {
                String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
                Files.writeString(script, voice.length > 0 ? text : text.replace(SPEAKING, ""));
            }
            Files.write(folder.resolve("voice.ulaw"), voice);
            var command = new ArrayList<>(List.of("sipp", "-sf", script.toString(), "-nostdin"));
            command.addAll(
                    List.of("-trace_logs", "-log_file", "log", "-trace_err", "-error_file", "err"));
            command.addAll(options);
            Process process =
                    new ProcessBuilder(host.carrier().command(command))
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("out").toFile())
                            .start();
            process.getOutputStream().close();
            return new SippScenario(folder, process);
        } catch (IOException e) {
            RunFolder.delete(folder);
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the last call went as the script says, and throws with SIPp's own words if one
    /// did not.
    public void await(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("SIPp's calls not over within " + patience + errors());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while SIPp ran", e);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("SIPp: exit " + process.exitValue() + errors());
        }
    }

    private String errors() {
        String errors = text("err");
        List<String> output = text("out").lines().toList();
        return "\n"
                + (errors.isEmpty()
                        ? String.join(
                                "\n",
                                output.subList(Math.max(0, output.size() - 30), output.size()))
                        : errors);
    }

    /// The final SIP status of each call of [#callers] so far, in the order in which they came.
    public List<Integer> statuses() {
        return text("log").lines().filter(line -> !line.isBlank()).map(Integer::valueOf).toList();
    }

    private String text(String name) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends SIPp, calls or not.
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        RunFolder.delete(folder);
    }
}
