package io.sandalphone.harness.lab;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import java.util.concurrent.TimeUnit;

/// Vert.x within a network.
public final class NetworkVertx {
    private NetworkVertx() {}

    /// Its one event loop is started from, and so lives in, `network`.
    public static Vertx in(Network network) throws Exception {
        return network.call(
                () -> {
                    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
                    vertx.timer(1, TimeUnit.MILLISECONDS).await();
                    return vertx;
                });
    }
}
