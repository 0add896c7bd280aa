package io.sandalphone.harness.browser;

import io.sandalphone.harness.lab.RunFolder;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Chromium without a window, with a profile of its own, whose microphone plays a file.
public final class Chromium implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final List<String> NAMES = List.of("chromium", "chromium-browser");

    private final Path profile;
    private final Process process;
    private final DevTools tools;

    /// Where Chromium is on this machine; empty when it is not installed.
    public static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Starts one that allows its pages the microphone, which says again and again what is in
    /// `microphone`, a WAV file.
    public static Chromium withMicrophone(Path microphone) {
        return new Chromium(
                List.of(
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--use-file-for-fake-audio-capture=" + microphone));
    }

    /// Starts one whose person refuses the microphone.
    public static Chromium withoutMicrophone() {
        return new Chromium(
                List.of("--deny-permission-prompts", "--use-fake-device-for-media-stream"));
    }

    private Chromium(List<String> more) {
        profile = RunFolder.create("chromium");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program().orElseThrow().toString(),
                                "--headless=new",
                                // Tests run as root in a container of their own.
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-background-timer-throttling",
                                "--disable-renderer-backgrounding",
                                "--disable-features=MediaRouter,OptimizationHints",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile));
        command.addAll(more);
        command.add("about:blank");
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            tools = DevTools.connect(address(process.errorReader()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads where the browser can be driven, and the rest on a thread of its own, so that the browser
    /// never waits to write.
    private static URI address(BufferedReader output) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread.ofVirtual().name("chromium-output").start(() -> drain(output));
                return URI.create(listening.group(1));
            }
        }
        throw new IOException("Chromium did not start:\n" + said);
    }

    private static void drain(BufferedReader output) {
        try (output) {
            @Nullable String line = output.readLine();
            while (line != null) {
                line = output.readLine();
            }
        } catch (IOException _) {
            // The browser is gone.
        }
    }

    /// Opens a page that shares neither storage nor connections with any other; `script` runs in it
    /// before its own.
    public BrowserPage open(String address, String script) {
        return BrowserPage.open(tools, address, script);
    }

    /// The processes that it consists of.
    public List<Long> pids() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .toList();
    }

    @Override
    public void close() {
        tools.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        RunFolder.delete(profile);
    }
}
