package io.sandalphone.call;

import io.sandalphone.files.StateFile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The journal on disk: one text of all calls, replaced as a whole. One gateway at a time writes it, which
/// holds the lock on the file `….lock` beside it as long as its process lives. One thread at a time uses it.
final class JournalFile implements AutoCloseable {
    // About a kilobyte for each call.
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final StateFile file;
    private Optional<FileChannel> locked = Optional.empty();

    JournalFile(Path path) {
        file = new StateFile(path, "journal", MOST_BYTES);
    }

    Path path() {
        return file.path();
    }

    /// The calls that were written down last; none when there is no such file yet.
    ///
    /// @throws IOException when it cannot be read, or holds anything else; [StateFile#reason] says what
    List<CallRecord> read() throws IOException {
        Optional<String> text = file.read();
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            return JournalText.read(text.get());
        } catch (IllegalArgumentException e) {
            throw file.notOfItsKind(e);
        }
    }

    /// As [StateFile#setAside].
    Path setAside(Instant now) throws IOException {
        return file.setAside(now);
    }

    /// As [StateFile#unwritable].
    Optional<String> unwritable() {
        return file.unwritable();
    }

    /// @throws IOException when it cannot be written, or another gateway writes it
    void write(List<CallRecord> calls, boolean durable) throws IOException {
        if (!claim()) {
            throw new IOException("another gateway writes it");
        }
        file.write(JournalText.write(calls), durable);
    }

    /// Has nobody else write it from now on; false when another gateway does.
    ///
    /// @throws IOException when that cannot be found out
    boolean claim() throws IOException {
        if (locked.isPresent()) {
            return true;
        }
        Path beside = path().resolveSibling(path().getFileName() + ".lock");
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
            locked = Optional.of(channel);
        }
        return ours;
    }

    /// Lets another gateway write it.
    @Override
    public void close() throws IOException {
        if (locked.isPresent()) {
            locked.get().close();
            locked = Optional.empty();
        }
    }
}
