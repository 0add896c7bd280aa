package io.sandalphone.telephony.twilio;

import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.time.Loop;

import java.time.Duration;

/// Ends one call at Twilio: asked for until Twilio says that it is done or that there is nothing to end,
/// with a pause between two requests that grows to 10 s. Runs on the call's loop.
final class Ending {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    // How long Twilio lets a call be at most unless it is told otherwise: nothing is left to end
    // then.
    private static final Duration LONGEST_CALL = Duration.ofHours(4);

    // Twilio cancels what has not been answered, and completes the rest.
    private static final FormParameters CANCEL = FormParameters.of("Status", "canceled");
    private static final FormParameters COMPLETE = FormParameters.of("Status", "completed");

    private final Loop loop;
    private final Account account;
    private final String callSid;
    private final Runnable gone;
    private final Backoff backoff;
    private boolean over;

    /// `gone` runs once, when the call is known to be over.
    Ending(Loop loop, Account account, String callSid, Runnable gone) {
        this.loop = loop;
        this.account = account;
        this.callSid = callSid;
        this.gone = gone;
        backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, account.chance());
    }

    /// Begins; `answered` says whether the party has, as far as is known.
    void begin(boolean answered) {
        loop.schedule(LONGEST_CALL, this::known);
        ask(answered ? COMPLETE : CANCEL);
    }

    private void ask(FormParameters wanted) {
        if (over) {
            return;
        }
        loop.offload(
                () -> account.rest().updateCall(callSid, wanted),
                answer -> answered(wanted, answer),
                _ -> again(wanted));
    }

    private void answered(FormParameters wanted, RestAnswer answer) {
        switch (answer) {
            case RestAnswer.Done _ -> known();
            case RestAnswer.Refused refused when refused.isGone() -> known();
            case RestAnswer.Refused refused when refused.isInAnotherState() -> {
                // Answered while it was to be cancelled, or over.
                if (wanted.equals(CANCEL)) {
                    ask(COMPLETE);
                } else {
                    known();
                }
            }
            case RestAnswer.Refused _, RestAnswer.Unsent _, RestAnswer.Unknown _ -> again(wanted);
        }
    }

    private void again(FormParameters wanted) {
        if (!over) {
            account.meters().updateRepeated().increment();
            loop.schedule(backoff.next(), () -> ask(wanted));
        }
    }

    /// The call is over, by whoever said so.
    void known() {
        if (!over) {
            over = true;
            gone.run();
        }
    }
}
