package io.sandalphone.app;

import io.sandalphone.time.VertxLoop;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The loops that own calls, one for each processor.
final class EventLoops {
    /// How long a step of the start, or of the stop, may take.
    private static final int STEP_SECONDS = 20;

    private EventLoops() {}

    /// Starts them; `faulted` hears of what nobody caught on one.
    static List<VertxLoop> start(Vertx vertx, Consumer<Throwable> faulted) throws Exception {
        List<VertxLoop> loops = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Context context = await(context(vertx));
            context.exceptionHandler(faulted::accept);
            loops.add(new VertxLoop(vertx, context));
        }
        return List.copyOf(loops);
    }

    /// An event-loop context of its own: that of a verticle which does nothing else.
    private static Future<Context> context(Vertx vertx) {
        Promise<Context> started = Promise.promise();
        return vertx.deployVerticle(
                        new AbstractVerticle() {
                            @Override
                            public void start() {
                                started.complete(context);
                            }
                        })
                .compose(_ -> started.future());
    }

    /// Starts `part`, which serves on `loop` and not on one of its own.
    static void deploy(Deployable part, VertxLoop loop) throws Exception {
        await(on(loop, part::deploy));
    }

    /// Stops what was started on `loop`.
    static void undeploy(Deployable part, VertxLoop loop) throws Exception {
        await(on(loop, part::undeploy));
    }

    private interface Step {
        Future<?> take(Context context) throws Exception;
    }

    private static Future<?> on(VertxLoop loop, Step step) {
        Promise<Void> done = Promise.promise();
        loop.execute(
                () -> {
                    try {
                        step.take(loop.context()).<Void>mapEmpty().onComplete(done);
                    } catch (Exception failure) {
                        done.fail(failure);
                    }
                });
        return done.future();
    }

    /// The result of `future`, which is waited for; not on a loop.
    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(STEP_SECONDS, TimeUnit.SECONDS);
    }
}
