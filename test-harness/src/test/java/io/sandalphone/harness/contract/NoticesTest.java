package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Secret;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.backend.BackendSignature;
import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.http.HttpService;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.notices.Condition;
import io.sandalphone.notices.NoticeKind;
import io.sandalphone.notices.NoticeMeters;
import io.sandalphone.notices.NoticeSettings;
import io.sandalphone.notices.NoticeSource;
import io.sandalphone.notices.NoticeWatch;
import io.sandalphone.webhook.WebhookSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Notices on their way to the operator's server.
@Timeout(60)
class NoticesTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "a secret of the two alone";
    private static final List<Duration> SHORT_PAUSES =
            List.of(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));

    private final List<HttpCall> calls = new CopyOnWriteArrayList<>();
    // So many requests are refused with this status first.
    private final AtomicInteger refused = new AtomicInteger();
    private volatile int status = 500;
    private volatile CountDownLatch answers = new CountDownLatch(0);
    private final HttpFake server =
            HttpFake.start(VERTX.get(), FakeOptions.PLAIN, HttpFake.INSTANT, new Inbox());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Condition> found = new CopyOnWriteArrayList<>();
    private final List<NoticeWatch> watches = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    private final class Inbox implements HttpService {
        @Override
        public Set<Fault> faults() {
            return Set.of();
        }

        @Override
        public HttpAnswer answer(HttpCall call) throws HttpRefusal, InterruptedException {
            calls.add(call);
            answers.await();
            if (refused.getAndDecrement() > 0) {
                throw new HttpRefusal(status, new JsonObject().put("error", "no"));
            }
            return HttpAnswer.json(new JsonObject());
        }

        @Override
        public Optional<HttpRefusal> refusal(Fault fault, int count) {
            return Optional.empty();
        }
    }

    private NoticeWatch watch(URI url, Duration timeout) {
        var watch =
                new NoticeWatch(
                        new NoticeSettings(
                                new WebhookSettings(
                                        Optional.of(url), Optional.of(new Secret(SECRET)), timeout),
                                Duration.ofMinutes(5),
                                1,
                                Optional.empty()),
                        List.of(
                                new NoticeSource(
                                        NoticeKind.COST_CAP,
                                        () -> Optional.of(List.copyOf(found)))),
                        SHORT_PAUSES,
                        () -> now,
                        NoticeMeters.register(meters));
        watches.add(watch);
        return watch;
    }

    private NoticeWatch watch() {
        return watch(server.address().resolve("/inbox"), Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        answers.countDown();
        watches.forEach(NoticeWatch::close);
        server.close();
    }

    private double count(String meter) {
        return meters.get("sandalphone.notices." + meter).counter().count();
    }

    private void await(String meter, int expected) {
        Poll.until(SOON, () -> count(meter) == expected, () -> meter + " " + count(meter));
    }

    @Test
    void it_is_delivered_signed_when_it_begins_and_when_it_is_over() throws Exception {
        NoticeWatch watch = watch();
        found.add(Condition.of(NoticeKind.COST_CAP, ""));
        watch.look();
        watch.look();
        await("delivered", 1);
        HttpCall call = calls.getFirst();
        assertEquals("POST /inbox", call.what());
        assertEquals(
                new BackendSignature(SECRET)
                        .sign(call.header("x-timestamp"), call.body().getBytes()),
                call.header("x-signature"));
        long age = Instant.now().getEpochSecond() - Long.parseLong(call.header("x-timestamp"));
        assertTrue(age >= 0 && age < 120, "signed " + age + " s ago");
        JsonObject body = new JsonObject(call.body());
        assertTrue(body.remove("id").toString().length() == 36);
        assertEquals(
                new JsonObject()
                        .put("type", "notice")
                        .put("kind", "cost-cap")
                        .put("state", "raised")
                        .put("since", "2026-11-30T12:00:00Z")
                        .put("at", "2026-11-30T12:00:00Z")
                        .put(
                                "message",
                                "the day has cost what it may, calls go on untranslated until"
                                        + " midnight"),
                body);
        found.clear();
        watch.look();
        await("delivered", 2);
        assertEquals("over", new JsonObject(calls.getLast().body()).getString("state"));
    }

    @Test
    void what_a_broken_server_does_not_take_is_sent_again_as_the_same() throws Exception {
        refused.set(3);
        found.add(Condition.of(NoticeKind.COST_CAP, ""));
        watch().look();
        await("delivered", 1);
        assertEquals(4, calls.size());
        assertEquals(1, calls.stream().map(HttpCall::body).distinct().count());
        assertEquals(0, count("lost"));
    }

    @Test
    void what_it_never_takes_is_lost_once_and_the_next_one_arrives() throws Exception {
        refused.set(4);
        NoticeWatch watch = watch();
        found.add(Condition.of(NoticeKind.COST_CAP, ""));
        watch.look();
        await("lost", 1);
        found.clear();
        watch.look();
        await("delivered", 1);
        assertEquals(5, calls.size());
    }

    @Test
    void what_would_be_refused_again_is_not_sent_again() throws Exception {
        status = 401;
        refused.set(1);
        found.add(Condition.of(NoticeKind.COST_CAP, ""));
        watch().look();
        await("lost", 1);
        assertEquals(1, calls.size());
    }

    @Test
    void a_server_that_is_not_there_costs_the_notice_alone() throws Exception {
        URI gone = server.address().resolve("/inbox");
        server.close();
        NoticeWatch watch = watch(gone, Duration.ofSeconds(2));
        found.add(Condition.of(NoticeKind.COST_CAP, ""));
        watch.look();
        await("lost", 1);
    }

    @Test
    void a_server_that_does_not_answer_holds_nobody_up_and_what_does_not_fit_is_counted()
            throws Exception {
        answers = new CountDownLatch(1);
        NoticeWatch watch = watch();
        // Each look tells of one more: one is under way, 64 wait.
        long begin = System.nanoTime();
        for (int i = 0; i < 70; i++) {
            found.add(Condition.of(NoticeKind.COST_CAP, "part " + i));
            watch.look();
            if (i == 0) {
                Poll.until(SOON, () -> calls.size() == 1, () -> "it is sent");
            }
        }
        assertTrue(System.nanoTime() - begin < Duration.ofSeconds(15).toNanos());
        assertEquals(5, count("lost"));
        answers.countDown();
        await("delivered", 65);
        assertEquals(65, calls.size());
    }

    @Test
    void closing_waits_for_no_server_and_counts_what_it_gives_up() throws Exception {
        answers = new CountDownLatch(1);
        NoticeWatch watch = watch();
        found.add(Condition.of(NoticeKind.COST_CAP, "a"));
        found.add(Condition.of(NoticeKind.COST_CAP, "b"));
        watch.look();
        Poll.until(SOON, () -> calls.size() == 1, () -> "it is sent");
        watch.close();
        await("lost", 2);
    }
}
