package io.sandalphone.notices;

import io.sandalphone.webhook.WebhookClient;
import io.sandalphone.webhook.WebhookDelivery;
import io.sandalphone.webhook.WebhookDelivery.Outcome;
import io.sandalphone.webhook.WebhookSettings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Brings notices to the webhook, one after the other, on a thread of its own. Nobody waits for it: what does not fit its queue, and
/// what the server does not take in all attempts, is lost, which is counted and logged. Thread-safe.
final class NoticeDelivery implements AutoCloseable {
    /// How many may wait.
    static final int LONGEST_QUEUE = 64;

    private static final Logger log = LoggerFactory.getLogger(NoticeDelivery.class);

    private final WebhookDelivery delivery;
    private final WebhookClient client;
    private final NoticeMeters meters;
    private final BlockingQueue<Notice> waiting = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final Thread thread;

    /// Begins to deliver to where `settings` say, with a pause before each attempt after the first.
    NoticeDelivery(WebhookSettings settings, List<Duration> pauses, NoticeMeters meters) {
        client = new WebhookClient();
        delivery = new WebhookDelivery(settings, pauses, client);
        this.meters = meters;
        thread = Thread.ofVirtual().name("notices-delivery").start(this::deliver);
    }

    /// Has it delivered when its turn comes. Returns at once.
    void add(Notice notice) {
        if (!waiting.offer(notice)) {
            lost(notice, "too many wait");
        }
    }

    private void deliver() {
        try {
            while (true) {
                deliver(waiting.take());
            }
        } catch (InterruptedException _) {
            waiting.forEach(notice -> lost(notice, "the gateway stops"));
        }
    }

    private void deliver(Notice notice) throws InterruptedException {
        switch (delivery.deliver(notice.json(UUID.randomUUID().toString()))) {
            case Outcome.Delivered _ -> meters.delivered().increment();
            case Outcome.Lost(String why) -> {
                lost(notice, why);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }

    private void lost(Notice notice, String why) {
        meters.lost().increment();
        log.atWarn()
                .addKeyValue("kind", notice.condition().kind().wireName())
                .addKeyValue("state", notice.state().wireName())
                .addKeyValue("why", why)
                .log("a notice could not be delivered");
    }

    /// Gives up what waits. What is under way is given up too.
    @Override
    public void close() {
        thread.interrupt();
        client.close();
    }
}
