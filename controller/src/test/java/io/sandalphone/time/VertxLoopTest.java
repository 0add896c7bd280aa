package io.sandalphone.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

@Timeout(30)
class VertxLoopTest {
    private final Vertx vertx = Vertx.vertx();
    private final VertxLoop loop = new VertxLoop(vertx, vertx.getOrCreateContext());

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void tasks_run_on_the_loop_in_the_order_in_which_they_were_given() throws Exception {
        List<Integer> ran = new ArrayList<>();
        var inLoop = new CompletableFuture<Boolean>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            loop.execute(() -> ran.add(number));
        }
        loop.execute(() -> inLoop.complete(loop.inLoop()));
        assertTrue(inLoop.get());
        assertEquals(IntStream.range(0, 100).boxed().toList(), ran);
        assertFalse(loop.inLoop());
    }

    @Test
    void what_comes_over_a_connection_of_the_loop_is_on_the_loop() throws Exception {
        var here = new CompletableFuture<Boolean>();
        ((ContextInternal) loop.context())
                .duplicate()
                .runOnContext(_ -> here.complete(loop.inLoop()));
        assertTrue(here.get());
        var elsewhere = new CompletableFuture<Boolean>();
        ((VertxInternal) vertx)
                .createEventLoopContext()
                .runOnContext(_ -> elsewhere.complete(loop.inLoop()));
        assertFalse(elsewhere.get());
    }

    @Test
    void a_task_never_runs_inside_the_call_that_gave_it() throws Exception {
        var order = new CompletableFuture<String>();
        loop.execute(
                () -> {
                    var text = new StringBuilder();
                    loop.execute(() -> order.complete(text.append("after").toString()));
                    text.append("before ");
                });
        assertEquals("before after", order.get());
    }

    @Test
    void offloaded_work_blocks_no_loop_and_its_answer_comes_home() throws Exception {
        var release = new CountDownLatch(1);
        var answer = new CompletableFuture<String>();
        loop.offload(
                () -> {
                    release.await();
                    return Thread.currentThread().isVirtual() ? "virtual" : "platform";
                },
                done -> answer.complete(done + (loop.inLoop() ? ", home" : ", abroad")),
                answer::completeExceptionally);
        var free = new CompletableFuture<Boolean>();
        loop.execute(() -> free.complete(true));
        assertTrue(free.get(), "the loop is free while the work waits");
        release.countDown();
        assertEquals("virtual, home", answer.get());
    }

    @Test
    void a_timer_is_never_early() throws Exception {
        Duration delay = Duration.ofNanos(1_900_000);
        for (int i = 0; i < 20; i++) {
            var passed = new CompletableFuture<Long>();
            loop.execute(
                    () -> {
                        long begun = loop.nanoTime();
                        loop.schedule(delay, () -> passed.complete(loop.nanoTime() - begun));
                    });
            assertTrue(passed.get() >= delay.toNanos(), () -> passed.join() + " ns");
        }
    }

    @Test
    void a_failure_comes_home_too() throws Exception {
        var answer = new CompletableFuture<String>();
        loop.offload(
                () -> {
                    throw new IllegalStateException("as planned");
                },
                _ -> answer.complete("done"),
                failure -> answer.complete(failure.getMessage()));
        assertEquals("as planned", answer.get());
    }

    @Test
    void cancelled_work_is_interrupted_and_answers_nobody() throws Exception {
        var interrupted = new CompletableFuture<Boolean>();
        var started = new CountDownLatch(1);
        List<String> answers = new ArrayList<>();
        Loop.Timer work =
                loop.offload(
                        () -> {
                            started.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.complete(true);
                                throw e;
                            }
                            return "done";
                        },
                        answers::add,
                        _ -> answers.add("failed"));
        started.await();
        loop.execute(work::cancel);
        assertTrue(interrupted.get());
        var later = new CompletableFuture<Integer>();
        loop.schedule(Duration.ofMillis(50), () -> later.complete(answers.size()));
        assertEquals(0, later.get());
    }

    @Test
    void a_timer_that_was_cancelled_does_not_run() throws Exception {
        var ran = new CompletableFuture<String>();
        loop.execute(
                () -> {
                    Loop.Timer first =
                            loop.schedule(Duration.ofMillis(1), () -> ran.complete("cancelled"));
                    loop.schedule(Duration.ofMillis(30), () -> ran.complete("kept"));
                    first.cancel();
                });
        assertEquals("kept", ran.get());
    }
}
