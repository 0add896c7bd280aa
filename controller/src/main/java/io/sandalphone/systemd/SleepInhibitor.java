package io.sandalphone.systemd;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Keeps the machine from going to sleep while calls live: a gateway may run on a laptop. The lock is logind's, held by a
/// `systemd-inhibit` that ends with this process, however that ends, as it reads from it.
///
/// A call never waits for it, and nothing that goes wrong with it reaches one: a lock that logind refuses is logged, once, and
/// a weaker one is asked for. Between two calls it is kept for a while, as the next may come soon.
///
/// Thread-safe. What waits is a virtual thread of its own.
public final class SleepInhibitor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SleepInhibitor.class);

    // As sd_booted(3) and sd-login do.
    private static final Path LOGIND = Path.of("/run/systemd/seats");
    private static final Duration LINGER = Duration.ofSeconds(30);
    private static final String HELD = "held";

    /// What is asked for, in this order. A service that belongs to no session may have the first only where polkit says so.
    private static final List<String> LOCKS = List.of("sleep:idle:handle-lid-switch", "idle");

    private final Function<String, List<String>> command;
    private final Duration linger;
    private final Set<String> live = ConcurrentHashMap.newKeySet();
    private final Semaphore changes = new Semaphore(0);
    private final Thread keeper;
    // Of the keeper.
    private @Nullable Process holder;
    private boolean refused;

    /// `command` gives the words that hold a lock of logind's kind until their standard input ends, and say that they have
    /// it by a line.
    SleepInhibitor(Function<String, List<String>> command, Duration linger) {
        this.command = command;
        this.linger = linger;
        keeper = Thread.ofVirtual().name("sleep-inhibitor").start(this::keep);
    }

    /// One for this machine, where it has logind.
    public static Optional<SleepInhibitor> ofThisMachine() {
        return Files.isDirectory(LOGIND)
                ? Optional.of(new SleepInhibitor(SleepInhibitor::systemdInhibit, LINGER))
                : Optional.empty();
    }

    private static List<String> systemdInhibit(String what) {
        return List.of(
                "systemd-inhibit",
                "--what=" + what,
                "--who=Sandalphone",
                "--why=Calls are live",
                "--mode=block",
                "sh",
                "-c",
                "echo " + HELD + "; exec cat > /dev/null");
    }

    /// The call lives. Returns at once, as often as it is said.
    public void begun(String call) {
        if (live.add(call)) {
            changes.release();
        }
    }

    /// The call lives no longer.
    public void ended(String call) {
        if (live.remove(call)) {
            changes.release();
        }
    }

    /// Whether it waits for a call to begin or to end, or for the time between two to be over.
    boolean rests() {
        return changes.hasQueuedThreads();
    }

    private void keep() {
        try {
            while (true) {
                changes.acquire();
                changes.drainPermits();
                if (!live.isEmpty()) {
                    take();
                } else if (holder != null) {
                    awaitNext();
                }
            }
        } catch (InterruptedException closing) {
            release();
        }
    }

    /// Keeps the lock for a while, in which another call may begin.
    private void awaitNext() throws InterruptedException {
        if (changes.tryAcquire(linger.toNanos(), TimeUnit.NANOSECONDS)) {
            changes.release();
        } else {
            release();
        }
    }

    private void take() {
        if (refused || (holder != null && holder.isAlive())) {
            return;
        }
        String reason = "";
        for (String what : LOCKS) {
            try {
                var builder = new ProcessBuilder(command.apply(what)).redirectErrorStream(true);
                // It tells of its own end there, which systemd takes for a stranger's word.
                builder.environment().remove("NOTIFY_SOCKET");
                Process asked = builder.start();
                BufferedReader said = asked.inputReader(StandardCharsets.UTF_8);
                @Nullable String answer = said.readLine();
                if (HELD.equals(answer)) {
                    holder = asked;
                    return;
                }
                asked.destroy();
                reason = String.valueOf(answer);
            } catch (IOException failure) {
                reason = String.valueOf(failure.getMessage());
            }
        }
        refused = true;
        log.atInfo()
                .addKeyValue("reason", reason)
                .log("the machine is not kept from going to sleep while calls live");
    }

    private void release() {
        Process held = holder;
        holder = null;
        if (held != null) {
            try {
                held.getOutputStream().close();
            } catch (IOException ended) {
                log.atDebug().setCause(ended).log("what kept the machine awake has ended already");
            }
        }
    }

    @Override
    public void close() {
        keeper.interrupt();
    }
}
