package io.sandalphone.systemd;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What systemd is told of this service, by `sd_notify(3)`, where the unit has `Type=notify`. Where
/// nobody asked, as at a terminal, nothing happens. What cannot be told is logged.
///
/// Thread-safe; never waits.
public final class ServiceManager {
    private static final Logger log = LoggerFactory.getLogger(ServiceManager.class);

    private final Predicate<String> messages;
    private final Optional<Duration> watchdog;

    ServiceManager(Predicate<String> messages, Optional<Duration> watchdog) {
        this.messages = messages;
        this.watchdog = watchdog;
    }

    /// The one that `environment` names in `NOTIFY_SOCKET`; `WATCHDOG_USEC` and `WATCHDOG_PID` say
    /// whether it expects `process` to be heard of. A socket that is none stops the start.
    public static ServiceManager of(Map<String, String> environment, long process) {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (socket.isEmpty()) {
            return new ServiceManager(_ -> true, Optional.empty());
        }
        return new ServiceManager(new NotifySocket(socket), watchdog(environment, process));
    }

    private static Optional<Duration> watchdog(Map<String, String> environment, long process) {
        String expected = environment.getOrDefault("WATCHDOG_PID", "");
        if (!expected.isEmpty() && Long.parseLong(expected) != process) {
            return Optional.empty();
        }
        return Optional.ofNullable(environment.get("WATCHDOG_USEC"))
                .map(micros -> Duration.of(Long.parseLong(micros), ChronoUnit.MICROS));
    }

    /// Calls can come.
    public void ready() {
        tell("READY=1");
    }

    /// The gateway stops, which takes up to `longest`: so long it is not to be killed.
    public void stopping(Duration longest) {
        tell("STOPPING=1\nEXTEND_TIMEOUT_USEC=" + longest.toNanos() / 1_000);
    }

    /// The service is alive. It is killed when it has not said so for [#watchdog()].
    void alive() {
        tell("WATCHDOG=1");
    }

    /// Within what time it expects to be told that the service is alive, if it does.
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    private void tell(String message) {
        if (!messages.test(message)) {
            log.atWarn()
                    .addKeyValue("state", message.substring(0, message.indexOf('=')))
                    .log("systemd was not told of a state");
        }
    }
}
