package io.sandalphone.harness.carrier;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How a call that the carrier makes goes until it is answered: dialling, ringing, what the telephone
/// does, and what its maker is told of it. Owner: the carrier's loop.
final class OutgoingCall {
    private static final Duration DECLINED_AFTER = Duration.ofMillis(100);

    private final SimulatedCarrier carrier;
    private final SimulatedCall call;
    private final CallOrder order;
    private final Runnable answered;
    private int callbacks;

    /// A call that runs its order's document when it is answered.
    OutgoingCall(SimulatedCarrier carrier, SimulatedCall call, CallOrder order) {
        this.carrier = carrier;
        this.call = call;
        this.order = order;
        answered = this::document;
    }

    /// A call of which somebody else takes care when it is answered.
    OutgoingCall(SimulatedCarrier carrier, SimulatedCall call, CallOrder order, Runnable answered) {
        this.carrier = carrier;
        this.call = call;
        this.order = order;
        this.answered = answered;
    }

    /// Begins to dial after `delay`.
    void begin(Duration delay) {
        call.whenOver(() -> tell("completed"));
        carrier.after(delay, this::initiate);
    }

    private void initiate() {
        if (call.currentStatus().ended()) {
            return;
        }
        call.move(CallStatus.INITIATED);
        tell("initiated");
        carrier.after(carrier.times().dialling(), this::ring);
    }

    private void ring() {
        if (call.currentStatus().ended()) {
            return;
        }
        Optional<Phone> phone = carrier.existing(order.to());
        Answering answering =
                phone.isEmpty() ? new Answering.Unreachable() : phone.get().answering();
        boolean taken = phone.isPresent() && phone.get().take(call);
        if (phone.isPresent() && !taken && !(answering instanceof Answering.Unreachable)) {
            answering = new Answering.Busy();
        }
        switch (answering) {
            case Answering.Unreachable() -> over(CallStatus.FAILED, 404);
            case Answering.Busy() -> over(CallStatus.BUSY, 486);
            case Answering.Declines() -> {
                ringing();
                carrier.after(DECLINED_AFTER, () -> unanswered(CallStatus.BUSY, 603));
            }
            case Answering.NoAnswer() -> {
                ringing();
                carrier.after(order.timeout(), () -> unanswered(CallStatus.NO_ANSWER, 487));
            }
            case Answering.WhenTold() -> {
                ringing();
                phone.orElseThrow().whenAnswered(() -> carrier.run(this::answer));
                carrier.after(order.timeout(), () -> unanswered(CallStatus.NO_ANSWER, 487));
            }
            case Answering.After(Duration after) -> {
                ringing();
                if (after.compareTo(order.timeout()) > 0) {
                    carrier.after(order.timeout(), () -> unanswered(CallStatus.NO_ANSWER, 487));
                } else {
                    carrier.after(after, this::answer);
                }
            }
        }
    }

    private void ringing() {
        call.move(CallStatus.RINGING);
        tell("ringing");
    }

    private void unanswered(CallStatus status, int sipCode) {
        if (call.currentStatus().pending()) {
            over(status, sipCode);
        }
    }

    private void over(CallStatus status, int sipCode) {
        call.sipCode(sipCode);
        call.end(status);
    }

    private void answer() {
        if (!call.currentStatus().pending()) {
            return;
        }
        call.connect();
        tell("answered");
        order.timeLimit()
                .ifPresent(limit -> carrier.after(limit, () -> call.end(CallStatus.COMPLETED)));
        CallOrder.Detection detection = order.detection();
        String findingUrl = detection.callback();
        if (!detection.wanted()) {
            answered.run();
        } else if (findingUrl == null) {
            carrier.after(
                    carrier.times().detection(),
                    () -> {
                        detect();
                        answered.run();
                    });
        } else {
            answered.run();
            carrier.after(carrier.times().detection(), () -> tellDetection(findingUrl));
        }
    }

    private void detect() {
        carrier.existing(order.to()).ifPresent(phone -> call.detected(phone.answeredBy()));
    }

    private void tellDetection(String callback) {
        if (!call.currentStatus().ended()) {
            detect();
            Map<String, String> finding = new LinkedHashMap<>();
            finding.put("AnsweredBy", call.answeredBy().orElse("unknown"));
            finding.put(
                    "MachineDetectionDuration",
                    Long.toString(carrier.times().detection().toMillis()));
            carrier.callback(call, callback, "POST", finding);
        }
    }

    private void document() {
        if (call.currentStatus().ended()) {
            return;
        }
        if (order.url() != null) {
            carrier.fetch(call, Sources.of(order), Map.of());
        } else if (order.document() != null) {
            carrier.runInline(call, order.document());
        }
    }

    private void tell(String event) {
        if (order.statusCallback() != null && order.statusEvents().contains(event)) {
            carrier.callback(
                    call,
                    order.statusCallback(),
                    order.statusCallbackMethod(),
                    carrier.dialect().progress(call, call.currentStatus(), callbacks++));
        }
    }
}
