package io.sandalphone.call;

import io.sandalphone.files.StateFile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The journal on disk: one text of all calls, replaced as a whole. One gateway at a time writes it, which
/// holds the lock on the file `….lock` beside it as long as its process lives. One thread at a time uses it.
final class JournalFile implements AutoCloseable {
    // About a kilobyte for each call.
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final StateFile file;

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
        } catch (JournalText.OtherVersionException e) {
            throw new IOException(e.getMessage(), e);
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

    /// As [StateFile#writeAlone].
    void write(List<CallRecord> calls, boolean durable) throws IOException {
        file.writeAlone(JournalText.write(calls), durable);
    }

    /// As [StateFile#claim].
    boolean claim() throws IOException {
        return file.claim();
    }

    /// Lets another gateway write it.
    @Override
    public void close() throws IOException {
        file.close();
    }
}
