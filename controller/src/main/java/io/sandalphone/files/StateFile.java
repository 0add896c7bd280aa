package io.sandalphone.files;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A text that outlives the program. The file is replaced as a whole, so it is never found half written,
/// and its owner alone may read it. One thread at a time uses it; every method may block.
public final class StateFile implements AutoCloseable {
    // Many times what such a file takes.
    private static final long LEAST_FREE = 1024 * 1024;

    private final Path path;
    private final String kind;
    private final int mostBytes;
    private @Nullable FileChannel claimed;

    /// `kind` is one word for what it is, such as `ledger`; a file of more than `mostBytes` is none.
    public StateFile(Path path, String kind, int mostBytes) {
        this.path = path;
        this.kind = kind;
        this.mostBytes = mostBytes;
    }

    public Path path() {
        return path;
    }

    /// What was written last; empty when there is no such file yet.
    ///
    /// @throws IOException when it cannot be read, or is no text; [#reason] says what
    public Optional<String> read() throws IOException {
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        // Reading a pipe or a device might never end.
        if (!Files.isRegularFile(path)) {
            throw new IOException("something that is no file");
        }
        if (Files.size(path) > mostBytes) {
            throw notOfItsKind(null);
        }
        try {
            return Optional.of(Files.readString(path));
        } catch (CharacterCodingException e) {
            throw notOfItsKind(e);
        }
    }

    /// Has no other gateway write it from now on, until this is closed or the program ends; false when another one does. The lock
    /// is a file beside it, since it is replaced itself.
    ///
    /// @throws IOException when that cannot be found out
    public boolean claim() throws IOException {
        if (claimed != null) {
            return true;
        }
        Path beside = path.resolveSibling(path.getFileName() + ".lock");
        // Opening a pipe to write waits for somebody who reads.
        if (Files.exists(beside) && !Files.isRegularFile(beside)) {
            throw new IOException("its lock is something that is no file");
        }
        FileChannel channel =
                FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean ours = false;
        try {
            ours = channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            // Another one of this process has it.
        } finally {
            if (!ours) {
                channel.close();
            }
        }
        if (ours) {
            claimed = channel;
        }
        return ours;
    }

    /// Replaces the text as [#write] does, as the only gateway that does.
    ///
    /// @throws IOException when it cannot be written, or another gateway writes it
    public void writeAlone(String text, boolean durable) throws IOException {
        if (!claim()) {
            throw new IOException("another gateway writes it");
        }
        write(text, durable);
    }

    /// Lets another gateway write it.
    @Override
    public void close() throws IOException {
        FileChannel held = claimed;
        claimed = null;
        if (held != null) {
            held.close();
        }
    }

    /// What is thrown for a text that is something else.
    public IOException notOfItsKind(@Nullable Throwable cause) {
        return new IOException("something that is no " + kind, cause);
    }

    /// Gives the file another name, so that it can be looked at, and a new one be written. Returns
    /// that name. An empty folder counts as a file; one that holds something stays, for a setting may lead to it by mistake.
    ///
    /// @throws IOException when it cannot be moved, or is anything else
    public Path setAside(Instant now) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                if (files.findAny().isPresent()) {
                    throw new IOException("a folder that holds something");
                }
            }
        } else if (!Files.isRegularFile(path)) {
            throw new IOException("something that is neither a file nor a folder");
        }
        String name =
                (path.getFileName() + ".broken-" + now.truncatedTo(ChronoUnit.SECONDS))
                        .replace(":", "");
        Path aside = path.resolveSibling(name);
        for (int i = 2; Files.exists(aside); i++) {
            aside = path.resolveSibling(name + "-" + i);
        }
        return Files.move(path, aside);
    }

    /// Replaces the text. With `durable` it is there after a power failure too, and this takes longer.
    public void write(String text, boolean durable) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("something that is no file");
        }
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Set<OpenOption> options =
                new HashSet<>(Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        if (durable) {
            options.add(StandardOpenOption.SYNC);
        }
        var mine =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(fresh, options, mine)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        Files.move(
                fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Why it cannot be written, as far as that is known without trying; empty when nothing speaks against it.
    public Optional<String> unwritable() {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.of("there is no folder for " + path);
        }
        return FreeSpace.of(folder) < LEAST_FREE
                ? Optional.of("the disk of " + folder + " is full")
                : Optional.empty();
    }

    /// What an exception says to an operator.
    public static String reason(IOException e) {
        return e instanceof FileSystemException refused
                ? refused.getClass().getSimpleName()
                : String.valueOf(e.getMessage());
    }
}
