package io.sandalphone.models;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Holds a lock file, against other processes and other threads of this one, until it is closed. The
/// system lets go of it when the process ends in whatever way. Closed by the thread that took it.
final class FolderLock implements AutoCloseable {
    /// Locks on files belong to the whole process, so its threads need another.
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock thread;
    private final FileChannel channel;

    private FolderLock(ReentrantLock thread, FileChannel channel) {
        this.thread = thread;
        this.channel = channel;
    }

    /// Waits for the lock; `log` hears of it when somebody else has it.
    static FolderLock take(Path file, FetchLog log) throws IOException {
        ReentrantLock thread =
                THREADS.computeIfAbsent(
                        file.toAbsolutePath().normalize(), _ -> new ReentrantLock());
        String waiting = "waiting for another process that fetches the same";
        if (!thread.tryLock()) {
            log.say(waiting);
            thread.lock();
        }
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                log.say(waiting);
                channel.lock();
            }
            return new FolderLock(thread, channel);
        } catch (IOException | RuntimeException e) {
            thread.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            thread.unlock();
        }
    }
}
