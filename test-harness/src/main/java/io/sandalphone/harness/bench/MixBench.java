package io.sandalphone.harness.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.bus.BusMeters;
import io.sandalphone.bus.MixedBridge;
import io.sandalphone.bus.MixedBridges;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegListener;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VertxLoop;
import io.vertx.core.Vertx;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What mixing alone takes: so many calls on one loop, both parties talking all the time, one of them
/// spoken to over the other's voice, over legs that cost nothing. Prints the processor time of the loop's
/// thread per call, in percent of a core, and how late the ticks were.
///
/// Arguments: calls (60), seconds of warming up (5), seconds measured (20).
public final class MixBench {
    private static final int FRAME = 160;

    private final Vertx vertx = Vertx.vertx();
    private final VertxLoop loop = new VertxLoop(vertx, vertx.getOrCreateContext());
    private final BusMeters meters = BusMeters.register(new SimpleMeterRegistry());
    private final MixedBridges bridges = new MixedBridges(meters);
    private final List<FreeLeg> legs = new ArrayList<>();
    private final short[] voice = new short[FRAME];
    private long ticks;

    private MixBench() {
        for (int i = 0; i < FRAME; i++) {
            voice[i] = (short) (6000 * Math.sin(2 * Math.PI * i * 5 / FRAME));
        }
    }

    /// A leg whose party hears nothing of what they are sent.
    private final class FreeLeg implements Leg, LegMedia {
        private LegListener listener = _ -> {};
        private FrameSink ears = _ -> {};

        void answer(Runnable then) {
            listener.on(new LegEvent.Answered());
            then.run();
        }

        void say(AudioFrame frame) {
            ears.accept(frame);
        }

        @Override
        public void listen(LegListener listener) {
            this.listener = listener;
        }

        @Override
        public String carrier() {
            return "none";
        }

        @Override
        public LegMedia media() {
            return this;
        }

        @Override
        public void hangUp(HangupCause cause) {
            loop.execute(() -> listener.on(new LegEvent.Ended(cause)));
        }

        @Override
        public void returnToCarrier() {
            hangUp(HangupCause.NORMAL);
        }

        @Override
        public void leave() {
            hangUp(HangupCause.NORMAL);
        }

        @Override
        public void abandon() {
            hangUp(HangupCause.NORMAL);
        }

        @Override
        public void hear(FrameSink ears) {
            this.ears = ears;
        }

        @Override
        public void send(AudioFrame frame) {
            ticks++;
        }

        @Override
        public void whenPlayed(Runnable played) {
            loop.execute(played);
        }

        @Override
        public void clear() {}
    }

    public static void main(String[] args) throws Exception {
        int calls = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        int warmUp = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        new MixBench().run(calls, warmUp, seconds);
    }

    private void run(int calls, int warmUp, int seconds) throws Exception {
        var measured = new CountDownLatch(1);
        loop.execute(
                () -> {
                    for (int i = 0; i < calls; i++) {
                        begin("call" + i);
                    }
                    speak(0, loop.nanoTime());
                    loop.schedule(
                            Duration.ofSeconds(warmUp), () -> measure(calls, seconds, measured));
                });
        if (!measured.await(warmUp + seconds + 60L, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the loop does not come to an end");
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void begin(String callId) {
        var caller = new FreeLeg();
        var destination = new FreeLeg();
        legs.add(caller);
        legs.add(destination);
        MixedBridge bridge =
                bridges.met(
                        new LegContext(callId, Party.CALLER, loop, "room"), caller, destination);
        bridge.listen(_ -> {});
        bridge.attachAudio();
        caller.answer(() -> {});
        destination.answer(
                () ->
                        loop.execute(
                                () -> {
                                    bridge.audio(Party.CALLER).duck(12);
                                    bridge.audio(Party.DESTINATION)
                                            .speak(
                                                    () ->
                                                            new AudioFrame(
                                                                    voice,
                                                                    AudioFrame.TELEPHONE_RATE,
                                                                    0),
                                                    () -> {});
                                }));
    }

    /// Everybody says frame `number`, 20 ms after the one before.
    private void speak(long number, long begunNanos) {
        var frame = new AudioFrame(voice, AudioFrame.TELEPHONE_RATE, number * FRAME);
        legs.forEach(leg -> leg.say(frame));
        long next = begunNanos + (number + 1) * AudioFrame.MILLIS * 1_000_000;
        loop.schedule(
                Duration.ofNanos(Math.max(0, next - loop.nanoTime())),
                () -> speak(number + 1, begunNanos));
    }

    private void measure(int calls, int seconds, CountDownLatch measured) {
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long begun = loop.nanoTime();
        long sent = ticks;
        loop.schedule(
                Duration.ofSeconds(seconds),
                () -> {
                    double passed = loop.nanoTime() - begun;
                    double used = threads.getCurrentThreadCpuTime() - cpu;
                    var lateness = meters.lateness().takeSnapshot();
                    System.out.printf(
                            Locale.ROOT,
                            "%d calls, %d frames sent: %.3f %% of a core per call;"
                                    + " ticks late %.2f ms on average, %.2f ms at most;"
                                    + " %.0f skipped, %.0f concealed%n",
                            calls,
                            ticks - sent,
                            used / passed / calls * 100,
                            lateness.mean(TimeUnit.MILLISECONDS),
                            lateness.max(TimeUnit.MILLISECONDS),
                            meters.skippedTicks().count(),
                            meters.concealed().count());
                    measured.countDown();
                });
    }
}
