package io.sandalphone.notices;

import io.sandalphone.call.CallObserver;
import io.sandalphone.files.StateFile;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks every few seconds whether there is something to tell the operator, and tells it: a log line, and the webhook where there
/// is one. No call waits for any of it.
public final class NoticeWatch implements AutoCloseable {
    /// Before each attempt to deliver a notice after the first: a server that is started anew, or a network that comes back, gets it.
    public static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(60));

    private static final Logger log = LoggerFactory.getLogger(NoticeWatch.class);

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final NoticeSettings settings;
    private final List<NoticeSource> sources;
    private final InstantSource clock;
    private final NoticeMeters meters;
    private final CallTally calls = new CallTally();
    private final NoticePolicy policy;
    private final Optional<NoticeStore> store;
    private final Optional<NoticeDelivery> delivery;
    private @Nullable Thread thread;

    /// One that goes on where the file of `settings` says that the last one ended. `pauses` come before each attempt to deliver
    /// after the first.
    public NoticeWatch(
            NoticeSettings settings,
            List<NoticeSource> sources,
            List<Duration> pauses,
            InstantSource clock,
            NoticeMeters meters) {
        this.settings = settings;
        this.sources = List.copyOf(sources);
        this.clock = clock;
        this.meters = meters;
        policy = new NoticePolicy(settings.after());
        store = settings.state().map(NoticeStore::new);
        store.ifPresent(this::resume);
        delivery =
                settings.webhook().url().isPresent()
                        ? Optional.of(new NoticeDelivery(settings.webhook(), pauses, meters))
                        : Optional.empty();
    }

    /// What became of calls is told to it.
    public CallObserver calls() {
        return calls;
    }

    /// Begins to look, on a thread of its own, until it is closed. Once.
    public void start() {
        thread = Thread.ofVirtual().name("notices").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                lookSafely();
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    // A fault that escapes would end the looking for good.
    private void lookSafely() throws InterruptedException {
        try {
            look();
        } catch (RuntimeException fault) {
            log.atError().setCause(fault).log("looking for what is to be told failed");
        }
    }

    /// Looks once, and tells what is to be told. Blocks for as long as the sources take; on one thread at a time.
    public void look() throws InterruptedException {
        List<Condition> found = new ArrayList<>();
        Set<NoticeKind> unknown = EnumSet.noneOf(NoticeKind.class);
        for (NoticeSource source : sources) {
            look(source).ifPresentOrElse(found::addAll, () -> unknown.add(source.kind()));
        }
        Instant now = clock.instant();
        found.addAll(calls.conditions(settings.after(), now));
        policy.look(found, unknown, now).forEach(this::tell);
        List<NoticePolicy.Told> told = policy.told();
        meters.standing().set(told.size());
        store.ifPresent(file -> file.keep(told));
    }

    /// A defect of one source is to cost what that one sees.
    private static Optional<List<Condition>> look(NoticeSource source) throws InterruptedException {
        try {
            return source.look().now();
        } catch (RuntimeException fault) {
            log.atError()
                    .addKeyValue("kind", source.kind().wireName())
                    .setCause(fault)
                    .log("it could not be seen whether there is something to tell");
            return Optional.empty();
        }
    }

    private void tell(Notice notice) {
        Condition condition = notice.condition();
        meters.told(condition.kind()).increment();
        LoggingEventBuilder line =
                log.atLevel(notice.state() == Notice.State.OVER ? Level.INFO : Level.WARN)
                        .addKeyValue("notice", condition.kind().wireName())
                        .addKeyValue("state", notice.state().wireName())
                        .addKeyValue("since", notice.since());
        if (!condition.about().isEmpty()) {
            line = line.addKeyValue("about", condition.about());
        }
        if (condition.count().isPresent()) {
            line = line.addKeyValue("count", condition.count().getAsLong());
        }
        if (condition.daysLeft().isPresent()) {
            line = line.addKeyValue("days_left", condition.daysLeft().getAsLong());
        }
        line.log(condition.kind().sentence(notice.state()));
        delivery.ifPresent(to -> to.add(notice));
    }

    private void resume(NoticeStore file) {
        try {
            policy.resume(file.read(), clock.instant());
        } catch (IOException unreadable) {
            log.atWarn()
                    .addKeyValue("setting", "notices.state")
                    .addKeyValue("found", StateFile.reason(unreadable))
                    .log("what was told before the start could not be read, it may be told again");
        }
    }

    /// Looks no more. What was not delivered by now is lost.
    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
        delivery.ifPresent(NoticeDelivery::close);
    }
}
