package io.sandalphone.harness.fakes.http;

import io.sandalphone.harness.fakes.Fault;
import io.vertx.core.buffer.Buffer;

import java.util.Optional;
import java.util.Set;

/// What a fake of this kind does: which requests it takes, and what answers them. Thread-safe.
public interface HttpService {
    /// The faults of its own, beside those of [HttpFake#EVERY].
    Set<Fault> faults();

    /// The answer to `call`. On a virtual thread, so it may block.
    HttpAnswer answer(HttpCall call) throws HttpRefusal, InterruptedException;

    /// How it refuses under `fault`, where it does; `count` is how many it has refused so before.
    Optional<HttpRefusal> refusal(Fault fault, int count);

    /// What comes under GARBAGE, as an answer that is well.
    default HttpAnswer garbage() {
        return HttpAnswer.whole(
                "text/html", Buffer.buffer("<!doctype html><title>It works!</title>{\"}"));
    }
}
