package io.sandalphone.harness.carrier;

import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.sip.SpeechQueue;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/// `<Dial><Sip>` of an address outside the carrier: a real call by SIP, whose sound is joined to the telephone's.
/// Over when the far end refuses it, does not answer in time, or hangs up. Owner: the carrier's loop.
final class SipDialActivity implements Activity {
    /// How many frames of the far end may wait for the telephone's next: one that is late plays no more than this
    /// behind.
    private static final int LONGEST_WAIT = 4;

    private static final int BUSY = 486;

    private final SimulatedCarrier carrier;
    private final SimulatedCall call;
    private final Verb.Dial verb;
    private final SipPhone line;
    private final String address;
    // Filled by the thread that receives the far end's sound.
    private final Queue<short[]> heard = new ArrayDeque<>();
    private @Nullable PhoneCall placed;
    private boolean timedOut;
    private boolean over;

    /// Calls the one party of `verb` over `line`.
    SipDialActivity(SimulatedCarrier carrier, SimulatedCall call, Verb.Dial verb, SipPhone line) {
        this.carrier = carrier;
        this.call = call;
        this.verb = verb;
        this.line = line;
        address = verb.parties().getFirst().address();
    }

    @Override
    public void begin() {
        carrier.note(call, What.VERB, 0, "Dial Sip " + address);
        PhoneCall placing;
        try {
            placing = line.call(verb.callerId().orElse(call.from()), address);
        } catch (IOException e) {
            // The verb is over as soon as it is under way, not within its own beginning.
            carrier.later(() -> finish(CallStatus.FAILED));
            return;
        }
        placed = placing;
        placing.media().listen(this::hear);
        placing.whenAnswered(() -> carrier.later(this::answered));
        placing.whenOver(() -> carrier.later(() -> finish(outcome(placing))));
        carrier.after(
                verb.timeout(),
                () -> {
                    if (!over && !placing.isUp()) {
                        timedOut = true;
                        placing.hangUp();
                        finish(CallStatus.NO_ANSWER);
                    }
                });
    }

    private void answered() {
        if (!over) {
            carrier.note(call, What.STATUS, 0, call.currentStatus().text() + ", SIP answered");
        }
    }

    private CallStatus outcome(PhoneCall ended) {
        int status = ended.lastStatus();
        if (status == 200) {
            return CallStatus.COMPLETED;
        } else if (timedOut) {
            return CallStatus.NO_ANSWER;
        }
        return status == BUSY ? CallStatus.BUSY : CallStatus.FAILED;
    }

    private void finish(CallStatus outcome) {
        if (!over) {
            over = true;
            carrier.note(
                    call,
                    What.STATUS,
                    0,
                    call.currentStatus().text() + ", SIP over: " + outcome.text());
            call.dialled(verb, outcome);
            call.finished(this);
        }
    }

    private void hear(short[] frame) {
        synchronized (heard) {
            heard.add(frame);
            if (heard.size() > LONGEST_WAIT) {
                heard.remove();
            }
        }
    }

    @Override
    public short[] exchange(short[] said) {
        PhoneCall talking = placed;
        if (talking == null || !talking.isUp()) {
            return new short[SpeechQueue.FRAME];
        }
        talking.media().say(said);
        synchronized (heard) {
            short[] frame = heard.poll();
            return frame == null ? new short[SpeechQueue.FRAME] : frame;
        }
    }

    @Override
    public void end() {
        over = true;
        if (placed != null) {
            placed.hangUp();
        }
    }
}
