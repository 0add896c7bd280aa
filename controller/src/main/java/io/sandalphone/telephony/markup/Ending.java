package io.sandalphone.telephony.markup;

import io.sandalphone.time.Loop;

import java.time.Duration;

/// Ends one call at its carrier: asked for until the carrier says that it is done or that there is nothing
/// to end, with a pause between two requests that grows to 10 s. Runs on the call's loop.
final class Ending {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    // How long carriers let a call be at most unless they are told otherwise: nothing is left to
    // end then.
    private static final Duration LONGEST_CALL = Duration.ofHours(4);

    private final Loop loop;
    private final Account account;
    private final String callId;
    private final Runnable gone;
    private final Backoff backoff;
    private boolean over;

    /// What is left to be done at a later time. It holds the call, and is cancelled once that is over.
    private Loop.Timer longest = () -> {};

    private Loop.Timer repeat = () -> {};

    /// `gone` runs once, when the call is known to be over.
    Ending(Loop loop, Account account, String callId, Runnable gone) {
        this.loop = loop;
        this.account = account;
        this.callId = callId;
        this.gone = gone;
        backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, account.chance());
    }

    /// Begins; `answered` says whether the party has, as far as is known.
    void begin(boolean answered) {
        longest = loop.schedule(LONGEST_CALL, this::known);
        ask(answered);
    }

    private void ask(boolean answered) {
        if (over) {
            return;
        }
        loop.offload(
                () -> account.dialect().end(callId, answered),
                answer -> answered(answered, answer),
                _ -> again(answered));
    }

    private void answered(boolean partyAnswered, RestAnswer answer) {
        account.answered(answer.isAnswer());
        switch (answer) {
            case RestAnswer.Done _ -> known();
            case RestAnswer.Refused refused -> refused(partyAnswered, refused.reason());
            case RestAnswer.Unsent _, RestAnswer.Unknown _ -> again(partyAnswered);
        }
    }

    private void refused(boolean answered, RestAnswer.Reason reason) {
        switch (reason) {
            case GONE -> known();
            case OTHER_STATE -> {
                // Answered while it was to be cancelled, or over.
                if (answered) {
                    known();
                } else {
                    ask(true);
                }
            }
            case TOO_MANY, CREDENTIALS, OTHER -> again(answered);
        }
    }

    private void again(boolean answered) {
        if (!over) {
            account.meters().updateRepeated().increment();
            repeat = loop.schedule(backoff.next(), () -> ask(answered));
        }
    }

    /// The call is over, by whoever said so.
    void known() {
        if (!over) {
            over = true;
            longest.cancel();
            repeat.cancel();
            gone.run();
        }
    }
}
