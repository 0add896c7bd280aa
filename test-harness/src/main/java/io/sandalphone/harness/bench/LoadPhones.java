package io.sandalphone.harness.bench;

import io.sandalphone.harness.carrier.StreamPlayer;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Telephones that cost next to nothing, for a load of many calls on the machine that is measured: two
/// threads for all of them, sound coded beforehand, no JSON but what is copied. Their phases are spread
/// evenly over 20 ms, as those of strangers are.
final class LoadPhones implements StreamPlayer, AutoCloseable {
    // The golden ratio spreads any number of phases evenly.
    private static final double STEP = 0.618033988749895;
    private static final int HANDSHAKE_BYTES = 4096;

    private final Selector selector;
    private final List<LoadPhone> phones = new CopyOnWriteArrayList<>();
    private final Map<LoadPhone, Consumer<String>> gone = new ConcurrentHashMap<>();
    private final Queue<LoadPhone> opened = new ConcurrentLinkedQueue<>();
    private final Map<ByteBuffer, byte[]> sounds = new ConcurrentHashMap<>();
    private final List<LoadPhone> all = new CopyOnWriteArrayList<>();
    private final Thread saying;
    private final Thread hearing;
    private volatile boolean closed;

    LoadPhones() throws IOException {
        selector = Selector.open();
        saying = Thread.ofPlatform().name("phones-say").daemon().start(this::say);
        hearing = Thread.ofPlatform().name("phones-hear").daemon().start(this::hear);
    }

    /// The one array of those that hold the same, so that what is said often is kept once.
    byte[] only(byte[] sound) {
        return sounds.computeIfAbsent(ByteBuffer.wrap(sound), _ -> sound);
    }

    /// Those that are or were on a stream, in the order in which they came to be.
    List<LoadPhone> all() {
        return List.copyOf(all);
    }

    @Override
    public Playing play(Order order, Consumer<String> gone) {
        var opening = new Opening(order, gone);
        Thread.ofVirtual().name("phone-opens").start(opening::run);
        return opening;
    }

    /// A stream whose socket is being opened, and then the phone's.
    private final class Opening implements Playing {
        private final Order order;
        private final Consumer<String> gone;
        private boolean ended;
        private Playing phone = () -> {};

        Opening(Order order, Consumer<String> gone) {
            this.order = order;
            this.gone = gone;
        }

        void run() {
            try {
                add(connect(order));
            } catch (IOException e) {
                gone.accept(String.valueOf(e.getMessage()));
            }
        }

        private synchronized void add(SocketChannel channel) throws IOException {
            if (ended) {
                channel.close();
                return;
            }
            var opened = new LoadPhone(LoadPhones.this, order, channel);
            phone = opened;
            begin(opened, gone);
        }

        @Override
        public synchronized void end() {
            ended = true;
            phone.end();
        }
    }

    private static SocketChannel connect(Order order) throws IOException {
        SocketChannel channel = SocketChannel.open(order.address());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var request = new StringBuilder();
        request.append("GET ").append(order.path()).append(" HTTP/1.1\r\n");
        request.append("Host: ").append(order.host()).append("\r\n");
        request.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
        request.append("Sec-WebSocket-Version: 13\r\n");
        request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        order.headers().forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        channel.write(
                ByteBuffer.wrap(
                        request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8)));
        String answer = answer(channel);
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            channel.close();
            throw new IOException("the handshake was answered by " + answer.lines().findFirst());
        }
        return channel;
    }

    /// The head of the answer, and not a byte of what comes behind it.
    private static String answer(SocketChannel channel) throws IOException {
        var head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.length() < HANDSHAKE_BYTES && head.indexOf("\r\n\r\n") < 0) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("the handshake broke off");
            }
            head.append((char) one.get(0));
        }
        return head.toString();
    }

    private void begin(LoadPhone phone, Consumer<String> whenGone) throws IOException {
        phone.open();
        phone.channel().configureBlocking(false);
        gone.put(phone, whenGone);
        int number = all.size();
        all.add(phone);
        long phase = (long) (number * STEP % 1 * LoadPhone.FRAME_NANOS);
        long now = System.nanoTime();
        phone.dueNanos = now - now % LoadPhone.FRAME_NANOS + LoadPhone.FRAME_NANOS + phase;
        opened.add(phone);
        selector.wakeup();
        phones.add(phone);
        LockSupport.unpark(saying);
    }

    private void say() {
        while (!closed) {
            long now = System.nanoTime();
            long next = now + LoadPhone.FRAME_NANOS;
            for (LoadPhone phone : phones) {
                if (phone.dueNanos <= now) {
                    guarded(phone, LoadPhone::speak);
                    phone.dueNanos += LoadPhone.FRAME_NANOS;
                }
                next = Math.min(next, phone.dueNanos);
            }
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void hear() {
        while (!closed) {
            try {
                selector.select(key -> guarded((LoadPhone) key.attachment(), LoadPhone::readable));
                for (LoadPhone phone = opened.poll(); phone != null; phone = opened.poll()) {
                    phone.channel().register(selector, SelectionKey.OP_READ, phone);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private interface Step {
        void take(LoadPhone phone) throws IOException;
    }

    private void guarded(LoadPhone phone, Step step) {
        try {
            step.take(phone);
        } catch (IOException e) {
            remove(phone, String.valueOf(e.getMessage()));
        }
    }

    private void remove(LoadPhone phone, String why) {
        phones.remove(phone);
        phone.down();
        Consumer<String> told = gone.remove(phone);
        if (told != null) {
            told.accept(why);
        }
        try {
            phone.channel().close();
        } catch (IOException _) {
            // It is of no use any more.
        }
    }

    /// The call of `phone` ends its stream.
    void end(LoadPhone phone) {
        gone.remove(phone);
        phones.remove(phone);
        guarded(phone, LoadPhone::bye);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(saying);
        selector.wakeup();
        for (LoadPhone phone : List.copyOf(phones)) {
            phone.channel().close();
        }
        for (Thread thread : Arrays.asList(saying, hearing)) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        selector.close();
    }

    /// The numbers of those on a stream now.
    List<String> numbers() {
        List<String> numbers = new ArrayList<>();
        phones.forEach(phone -> numbers.add(phone.number()));
        return numbers;
    }
}
