package io.sandalphone.harness.carrier;

import io.sandalphone.harness.carrier.Happening.What;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.util.HashMap;
import java.util.Map;

/// Tells servers how calls go, and does so as badly as the faults have it. Owner: the carrier's loop.
final class Callbacks {
    /// How long a callback that is to arrive late waits for its successor.
    private static final int HELD_MILLIS = 300;

    /// A callback that can be sent.
    private interface Delivery {
        /// Sends it; what it gives is done when it was answered, or was not.
        Future<?> begin();
    }

    private final Vertx vertx;
    private final Webhooks webhooks;
    private final CarrierFaults faults;
    private final Journal journal;
    private final Map<SimulatedCall, Delivery> held = new HashMap<>();
    private int unanswered;

    Callbacks(Vertx vertx, Webhooks webhooks, CarrierFaults faults, Journal journal) {
        this.vertx = vertx;
        this.webhooks = webhooks;
        this.faults = faults;
        this.journal = journal;
    }

    /// Sends `form` for `call`.
    void send(SimulatedCall call, String url, String method, Map<String, String> form) {
        if (faults.strikes(CarrierFault.LOST_CALLBACKS)) {
            journal.note(call.id(), What.FAULT, 0, "callback lost");
            return;
        }
        boolean twice = faults.strikes(CarrierFault.DUPLICATED_CALLBACKS);
        Delivery sending =
                () -> {
                    if (twice) {
                        deliver(call, url, method, form);
                    }
                    return deliver(call, url, method, form);
                };
        Delivery earlier = held.remove(call);
        if (earlier != null) {
            sending.begin().onComplete(_ -> earlier.begin());
        } else if (faults.strikes(CarrierFault.REORDERED_CALLBACKS)) {
            held.put(call, sending);
            vertx.setTimer(HELD_MILLIS, _ -> release(call, sending));
        } else {
            sending.begin();
        }
    }

    /// How many were not sent yet, or not answered.
    int pending() {
        return held.size() + unanswered;
    }

    private void release(SimulatedCall call, Delivery sending) {
        if (held.remove(call, sending)) {
            sending.begin();
        }
    }

    private Future<?> deliver(
            SimulatedCall call, String url, String method, Map<String, String> form) {
        String name = form.getOrDefault("StreamEvent", form.getOrDefault("CallStatus", ""));
        unanswered++;
        return webhooks.send(url, method, form)
                .onSuccess(
                        answer ->
                                journal.note(
                                        call.id(),
                                        What.CALLBACK,
                                        answer.ok() ? 0 : 11200,
                                        name + " answered " + answer.status()))
                .onFailure(
                        failure ->
                                journal.note(
                                        call.id(),
                                        What.CALLBACK,
                                        11205,
                                        name + " failed: " + failure.getMessage()))
                .onComplete(_ -> unanswered--);
    }
}
