package io.sandalphone.ops;

import io.sandalphone.config.FileStamp;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/// Runs an action when a file has changed and then stayed as it is for a moment: an editor may write it piece by piece, or put
/// another in its place. The file is looked at again and again rather than subscribed to, which holds on every file system, and
/// where a link in its path comes to lead elsewhere.
///
/// A virtual thread of its own looks, and runs the action.
public final class FileWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileWatch.class);

    /// How often it looks; a change is acted upon at the second look at the latest that finds it alike.
    static final Duration INTERVAL = Duration.ofMillis(500);

    /// How long an action may keep the gateway from stopping.
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Path file;
    private final Change change;
    private final Runnable action;
    private final Thread thread;

    /// Decides at each look whether to act.
    static final class Change {
        private final Supplier<FileStamp> known;
        private @Nullable FileStamp last;

        /// `known` is what the file was when it was last acted upon.
        Change(Supplier<FileStamp> known) {
            this.known = known;
        }

        /// Whether the file, which is `now`, has changed and been like that at the last look too.
        boolean settled(FileStamp now) {
            boolean settled = !now.equals(known.get()) && now.equals(last);
            last = now;
            return settled;
        }
    }

    /// Begins at once. `known` is what `file` was when it was last read, which `action` does.
    public FileWatch(Path file, Supplier<FileStamp> known, Runnable action) {
        this.file = file;
        this.action = action;
        change = new Change(known);
        thread = Thread.ofVirtual().name("file-watch").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                if (change.settled(FileStamp.of(file))) {
                    act();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A defect in the action is to cost one look, not all of them.
    private void act() {
        try {
            action.run();
        } catch (RuntimeException fault) {
            log.error("what a changed file is for failed", fault);
        }
    }

    /// Looks no more. An action that runs is let finish, but not waited for longer than a moment.
    @Override
    public void close() {
        thread.interrupt();
        try {
            if (!thread.join(CLOSING)) {
                log.error("what a changed file is for does not end, and is left alone");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
