package io.sandalphone.harness.fakes.http;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.FakeServer;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.ServedFake;
import io.sandalphone.harness.latency.Delay;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A [service][HttpService] on loopback that answers each request with one body, after a time drawn by chance.
///
/// Faults strike a request when it comes; STALL, STALL_WITHIN, CUT and HALF_CLOSE strike those under way as well.
public final class HttpFake extends ServedFake {
    /// What each of them can do.
    public static final Set<Fault> EVERY =
            Set.of(
                    Fault.SLOW,
                    Fault.STALL,
                    Fault.STALL_WITHIN,
                    Fault.HALF_CLOSE,
                    Fault.CUT,
                    Fault.GARBAGE,
                    Fault.FLOOD);

    /// At once.
    public static final Delay INSTANT = new Delay(0, 0);

    /// How much later than it should an answer comes under SLOW.
    private static final Duration SLOWNESS = Duration.ofSeconds(6);

    private final HttpService service;
    private final Delay delay;
    private final FakeServer server;

    // What follows belongs to the server's loop.
    private final SplittableRandom chance = new SplittableRandom(1);
    private final Map<Integer, Integer> refused = new TreeMap<>();
    private final Set<Exchange> underWay = new HashSet<>();
    private int requests;
    private int answered;
    private int spoilt;
    private int abandoned;
    private int mostAtOnce;
    private int refusedByFault;

    private HttpFake(Vertx vertx, FakeOptions options, Delay delay, HttpService service) {
        Set<Fault> possible = EnumSet.copyOf(EVERY);
        possible.addAll(service.faults());
        super(possible.toArray(Fault[]::new));
        this.service = service;
        this.delay = delay;
        server = FakeServer.listen(vertx, options, this::serve);
    }

    /// Starts one whose answers begin after `delay`. Not to be called on an event loop.
    public static HttpFake start(
            Vertx vertx, FakeOptions options, Delay delay, HttpService service) {
        return new HttpFake(vertx, options, delay, service);
    }

    @Override
    protected FakeServer server() {
        return server;
    }

    @Override
    protected void strike(Fault fault) {
        Set.copyOf(underWay).forEach(exchange -> exchange.strike(fault));
    }

    /// What came to pass so far.
    public HttpJournal journal() {
        return server.onLoop(
                () ->
                        new HttpJournal(
                                requests,
                                answered,
                                refused,
                                spoilt,
                                abandoned,
                                underWay.size(),
                                mostAtOnce));
    }

    private void serve(HttpServerRequest request) {
        var exchange = new Exchange(server, request, this::over);
        requests++;
        underWay.add(exchange);
        mostAtOnce = Math.max(mostAtOnce, underWay.size());
        String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            request.body().onSuccess(body -> receive(exchange, request, body, List.of()));
            return;
        }
        List<HttpCall.Upload> files = new ArrayList<>();
        request.setExpectMultipart(true);
        request.uploadHandler(upload -> keep(upload, files));
        request.exceptionHandler(failure -> refuse(exchange, unreadable(failure)));
        request.endHandler(_ -> receive(exchange, request, Buffer.buffer(), files));
    }

    private static void keep(HttpServerFileUpload upload, List<HttpCall.Upload> files) {
        Buffer content = Buffer.buffer();
        upload.handler(content::appendBuffer);
        upload.endHandler(
                _ ->
                        files.add(
                                new HttpCall.Upload(
                                        upload.name(),
                                        upload.filename(),
                                        upload.contentType(),
                                        content)));
    }

    private static HttpRefusal unreadable(Throwable failure) {
        return new HttpRefusal(400, new JsonObject().put("error", failure.getMessage()));
    }

    private void receive(
            Exchange exchange,
            HttpServerRequest request,
            Buffer body,
            List<HttpCall.Upload> files) {
        Fault fault = activeFault.current();
        Optional<HttpRefusal> refusal =
                fault == null ? Optional.empty() : service.refusal(fault, refusedByFault);
        Duration wait = delay.p50() == 0 ? Duration.ZERO : Duration.ofMillis(delay.draw(chance));
        if (fault == Fault.SLOW) {
            wait = wait.plus(SLOWNESS);
        }
        if (refusal.isPresent()) {
            refusedByFault++;
            refuse(exchange, refusal.get());
            return;
        }
        var call =
                new HttpCall(
                        request.method().name(),
                        request.path(),
                        map(request.params()),
                        map(request.headers()),
                        body,
                        map(request.formAttributes()),
                        files.stream().findFirst(),
                        Optional.ofNullable(fault));
        answer(exchange, call, fault, System.nanoTime() + wait.toNanos());
    }

    /// On a thread of its own, since services may block.
    private void answer(Exchange exchange, HttpCall call, @Nullable Fault fault, long dueNanos) {
        Thread.startVirtualThread(
                () -> {
                    try {
                        HttpAnswer answer = service.answer(call);
                        long dueThen = dueNanos + answer.later().toNanos();
                        long left = Math.max(0, dueThen - System.nanoTime());
                        server.after(
                                Duration.ofNanos(left),
                                () ->
                                        exchange.begin(
                                                fault == Fault.GARBAGE ? service.garbage() : answer,
                                                fault));
                    } catch (HttpRefusal refusal) {
                        server.after(Duration.ZERO, () -> refuse(exchange, refusal));
                    } catch (InterruptedException e) {
                        throw new AssertionError("nobody interrupts it", e);
                    }
                });
    }

    private void refuse(Exchange exchange, HttpRefusal refusal) {
        refused.merge(refusal.status(), 1, Integer::sum);
        exchange.refuse(refusal);
    }

    private void over(Exchange exchange, Exchange.End end) {
        underWay.remove(exchange);
        switch (end) {
            case ANSWERED -> answered++;
            case REFUSED -> {}
            case SPOILT -> spoilt++;
            case ABANDONED -> abandoned++;
        }
    }

    private static Map<String, String> map(MultiMap many) {
        Map<String, String> one = new LinkedHashMap<>();
        many.forEach((name, value) -> one.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return one;
    }
}
