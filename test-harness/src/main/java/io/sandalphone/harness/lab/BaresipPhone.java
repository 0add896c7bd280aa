package io.sandalphone.harness.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A telephone: the SIP client baresip in a process of its own, on the carrier's side of an
/// [AsteriskHost]. It says what a sound file says, falls silent after it, and records both what it
/// said and what it heard. It makes or takes one call.
///
/// Used from one thread at a time; a thread of its own reads the events of its process.
public final class BaresipPhone implements AutoCloseable {
    private static final Duration BOOT = Duration.ofSeconds(10);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    // Long enough for any call of a test or demo: baresip hangs up when its sound file ends.
    private static final Duration SILENCE_AFTER = Duration.ofMinutes(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A phone's place and manner. `port` is its SIP port, free on the carrier's side; Asterisk
    /// rings whoever has 5060. `says` is a WAV file: 8 kHz, mono, 16 bit. A phone that does not
    /// answer by itself rings until [#answer].
    public record Settings(String number, int port, Path says, boolean answersByItself) {}

    /// What happens to a call, in baresip's words; `detail` is the reason of the end.
    private record Event(Kind kind, String detail) {
        enum Kind {
            INCOMING,
            RINGING,
            ESTABLISHED,
            CLOSED
        }
    }

    private static final Map<String, Event.Kind> KINDS =
            Map.of(
                    "CALL_INCOMING", Event.Kind.INCOMING,
                    "CALL_RINGING", Event.Kind.RINGING,
                    "CALL_ESTABLISHED", Event.Kind.ESTABLISHED,
                    "CALL_CLOSED", Event.Kind.CLOSED);

    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Path folder;
    private final Process process;
    private final Socket control;
    private final OutputStream commands;

    private BaresipPhone(Path folder, Process process, Socket control) throws IOException {
        this.folder = folder;
        this.process = process;
        this.control = control;
        this.commands = control.getOutputStream();
        var reader = new DataInputStream(control.getInputStream());
        Thread.ofPlatform().name("baresip events").daemon().start(() -> readEvents(reader));
    }

    /// Switches a phone on and returns once it can call and be called.
    public static BaresipPhone on(NetNamespace carrier, Settings settings) {
        Path folder = RunFolder.create("phone");
        @Nullable Process process = null;
        boolean on = false;
        try {
            int controlPort = settings.port() + 20_000;
            write(folder, settings, controlPort);
            process =
                    new ProcessBuilder(carrier.command("baresip", "-f", folder.toString()))
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("baresip.log").toFile())
                            .start();
            Socket control = connect(carrier, process, controlPort, folder);
            var phone = new BaresipPhone(folder, process, control);
            on = true;
            return phone;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!on) {
                if (process != null) {
                    process.destroyForcibly().onExit().join();
                }
                RunFolder.delete(folder);
            }
        }
    }

    private static Socket connect(
            NetNamespace carrier, Process process, int controlPort, Path folder) {
        var socket = new Socket[1];
        Poll.until(
                BOOT,
                () -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(
                                "baresip ended at once:\n" + text(folder.resolve("baresip.log")));
                    }
                    try {
                        socket[0] =
                                carrier.call(
                                        () ->
                                                new Socket(
                                                        InetAddress.getLoopbackAddress(),
                                                        controlPort));
                        return true;
                    } catch (Exception e) {
                        return false;
                    }
                },
                "baresip takes commands");
        return socket[0];
    }

    private static void write(Path folder, Settings settings, int controlPort) throws IOException {
        Path voice = folder.resolve("says.wav");
        WavPadding.copyWithSilence(settings.says(), voice, SILENCE_AFTER);
        Files.writeString(
                folder.resolve("config"),
                """
                module_path %s
                module g711.so
                module aufile.so
                module sndfile.so
                module_tmp account.so
                module_app menu.so
                module_app ctrl_tcp.so
                ctrl_tcp_listen 127.0.0.1:%d
                sip_listen %s:%d
                net_interface lab0
                audio_source aufile,%s
                audio_srate 8000
                audio_channels 1
                jitter_buffer_type off
                call_local_timeout 120
                snd_path %s
                """
                        .formatted(
                                modules(),
                                controlPort,
                                AsteriskHost.CARRIER_ADDRESS,
                                settings.port(),
                                voice,
                                folder));
        Files.writeString(
                folder.resolve("accounts"),
                "<sip:%s@%s:%d>;regint=0;audio_codecs=pcmu;ptime=20;answermode=%s%n"
                        .formatted(
                                settings.number(),
                                AsteriskHost.CARRIER_ADDRESS,
                                settings.port(),
                                settings.answersByItself() ? "auto" : "manual"));
        Files.createFile(folder.resolve("contacts"));
    }

    /// Distributions put the modules in different folders, and baresip wants to be told.
    private static Path modules() throws IOException {
        try (Stream<Path> files =
                Files.find(Path.of("/usr/lib"), 4, (path, _) -> path.endsWith("baresip/modules"))) {
            return files.findFirst()
                    .orElseThrow(
                            () ->
                                    new IllegalStateException(
                                            "no baresip modules; package baresip-core has them"));
        }
    }

    /// Rings `number` through Asterisk, as a caller of the carrier does.
    public void dial(String number) {
        command("dial", "sip:" + number + "@" + AsteriskHost.ADDRESS);
    }

    /// Answers a phone that rings.
    public void answer() {
        command("accept", "");
    }

    public void hangUp() {
        command("hangup", "");
    }

    /// Waits until this phone rings with an incoming call.
    public void awaitIncoming(Duration patience) {
        await(Event.Kind.INCOMING, patience);
    }

    /// Waits until the caller hears that the other phone rings.
    public void awaitRinging(Duration patience) {
        await(Event.Kind.RINGING, patience);
    }

    /// Waits until both sides can talk.
    public void awaitEstablished(Duration patience) {
        await(Event.Kind.ESTABLISHED, patience);
    }

    /// Waits until the call is over; the reason, such as `486 Busy Here`, or empty after a call.
    public String awaitClosed(Duration patience) {
        return await(Event.Kind.CLOSED, patience).detail();
    }

    /// Waits until this phone has received so much audio, silence included.
    public void awaitHeard(Duration audio, Duration patience) {
        long bytes = audio.toMillis() * WavPadding.BYTES_PER_SECOND / 1000;
        Poll.until(patience, () -> received() >= bytes, audio + " of audio received");
    }

    private long received() {
        List<Path> recordings = recordings("-dec.wav");
        try {
            return recordings.isEmpty() ? 0 : Files.size(recordings.getLast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Event await(Event.Kind kind, Duration patience) {
        long start = System.nanoTime();
        while (true) {
            Event event;
            try {
                event =
                        events.poll(
                                patience.toNanos() - (System.nanoTime() - start),
                                TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for a phone", e);
            }
            if (event == null) {
                throw new AssertionError(kind + " not within " + patience + ":\n" + log());
            }
            if (event.kind() == kind) {
                return event;
            }
            if (event.kind() == Event.Kind.CLOSED) {
                throw new AssertionError("call closed (" + event.detail() + ") instead of " + kind);
            }
        }
    }

    /// What a phone said or heard: WAV, 8 kHz, mono, 16 bit. `start` is when its first sample was
    /// said or heard, by this machine's clock, to about 20 ms; recordings of several phones can be
    /// laid over each other by it.
    ///
    /// A phone records what arrives when it arrives: while no RTP comes at all, the recording
    /// stands still, and `start`, which is reckoned from the recording's end, is late by that much.
    public record Recording(Path file, Instant start) {}

    /// What this phone heard, once the call is over.
    public Recording heard() {
        return recording("-dec.wav");
    }

    /// What it said, once the call is over.
    public Recording said() {
        return recording("-enc.wav");
    }

    private Recording recording(String suffix) {
        List<Path> recordings = recordings(suffix);
        if (recordings.isEmpty()) {
            throw new IllegalStateException("nothing recorded:\n" + log());
        }
        Path file = recordings.getLast();
        try {
            long millis =
                    (Files.size(file) - WavPadding.HEADER) * 1000 / WavPadding.BYTES_PER_SECOND;
            Instant end = Files.getLastModifiedTime(file).toInstant();
            return new Recording(file, end.minusMillis(millis));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> recordings(String suffix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What baresip has printed so far.
    public String log() {
        return text(folder.resolve("baresip.log"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Commands and events are JSON in netstrings: `12:{"a":"word"},`.
    private void command(String name, String parameters) {
        try {
            byte[] json = JSON.writeValueAsBytes(Map.of("command", name, "params", parameters));
            commands.write((json.length + ":").getBytes(StandardCharsets.US_ASCII));
            commands.write(json);
            commands.write(',');
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readEvents(DataInputStream stream) {
        try (stream) {
            while (true) {
                JsonNode message = JSON.readTree(readNetstring(stream));
                Event.Kind kind = KINDS.get(message.path("type").asText());
                if (kind != null) {
                    events.add(new Event(kind, message.path("param").asText()));
                }
            }
        } catch (IOException e) {
            // The phone is off; whoever still waits for an event runs into its time-out.
        }
    }

    private static byte[] readNetstring(DataInputStream stream) throws IOException {
        int length = 0;
        int next;
        while ((next = stream.read()) != ':') {
            if (next < '0' || next > '9') {
                throw new EOFException();
            }
            length = length * 10 + next - '0';
        }
        byte[] content = stream.readNBytes(length);
        stream.read();
        return content;
    }

    /// Hangs up and switches the phone off. The recordings are gone with it.
    @Override
    public void close() {
        try {
            control.close();
            process.destroy();
            if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().onExit().join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly().onExit().join();
            Thread.currentThread().interrupt();
        }
        RunFolder.delete(folder);
    }
}
