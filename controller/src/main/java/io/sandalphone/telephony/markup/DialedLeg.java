package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.time.Loop.Timer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/// A leg that we ring. Its call is begun by one request, which is made again only where the carrier
/// certainly has not begun one: it refused for too many requests, or nothing was sent. Where that is not
/// known, the carrier's reports, which bear the leg's own key, tell whether there is one.
final class DialedLeg extends MarkupLeg {
    private static final Logger log = LoggerFactory.getLogger(DialedLeg.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    private static final int MOST_ATTEMPTS = 4;

    /// How long a report may take that tells of a call of which nothing else is known.
    static final Duration REPORT_LIMIT = Duration.ofSeconds(10);

    /// How long the carrier may ring beyond what it was told.
    static final Duration RING_MARGIN = Duration.ofSeconds(15);

    private final Dial dial;
    private final String key;
    private final StatusOrder order = new StatusOrder();
    private final Backoff backoff;
    private Timer waiting = () -> {};
    private int attempts;
    private boolean asked;
    private boolean ringing;
    private boolean answered;

    /// `key` names the leg in the addresses of its reports.
    DialedLeg(LegContext context, Account account, Dial dial, String key) {
        super(context, account);
        this.dial = dial;
        this.key = key;
        backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, account.chance());
        account.expect(key, this);
    }

    /// What names the leg in the addresses of its reports.
    String key() {
        return key;
    }

    /// Begins, as soon as the account may.
    void begin() {
        Duration turn = account().rate().reserve();
        if (turn.compareTo(dial.ring()) > 0) {
            fail(HangupCause.CONGESTION);
            return;
        }
        waiting = loop().schedule(turn, this::create);
        loop().schedule(turn.plus(dial.ring()).plus(RING_MARGIN), this::rangTooLong);
    }

    private void rangTooLong() {
        if (phase() == Phase.WAITING && !answered) {
            hangUp(HangupCause.NO_ANSWER);
        }
    }

    private void create() {
        attempts++;
        asked = true;
        var call =
                new NewCall(
                        dial,
                        account().streamDocument(this),
                        account().statusUrl(key),
                        account().machineUrl());
        loop().offload(
                        () -> account().dialect().begin(call),
                        this::created,
                        failure -> created(new RestAnswer.Unknown(failure.getClass().getName())));
    }

    private void created(RestAnswer answer) {
        switch (answer) {
            case RestAnswer.Done(var id) -> {
                account().credentialsAccepted(true);
                if (id.isPresent()) {
                    known(id.get());
                } else {
                    awaitReport();
                }
            }
            case RestAnswer.Unknown(var why) -> uncertain(why);
            case RestAnswer.Unsent(var why) -> againOrFail(why);
            case RestAnswer.Refused refused -> refused(refused);
        }
    }

    private void refused(RestAnswer.Refused refused) {
        if (refused.reason() == RestAnswer.Reason.TOO_MANY) {
            againOrFail("too many requests");
            return;
        }
        if (refused.reason() == RestAnswer.Reason.CREDENTIALS) {
            account().credentialsAccepted(false);
        }
        log.atWarn()
                .addKeyValue("call", context().callId())
                .addKeyValue("carrier", account().dialect().name())
                .addKeyValue("status", refused.status())
                .addKeyValue("code", refused.code())
                .log("the carrier did not begin a call");
        fail(refused.cause());
    }

    private void againOrFail(String why) {
        asked = false;
        if (phase() != Phase.WAITING || attempts >= MOST_ATTEMPTS) {
            log.atWarn()
                    .addKeyValue("call", context().callId())
                    .addKeyValue("why", why)
                    .log("the carrier could not be asked to begin a call");
            fail(HangupCause.CONGESTION);
            return;
        }
        account().meters().createRepeated().increment();
        waiting = loop().schedule(backoff.next(), this::create);
    }

    private void uncertain(String why) {
        account().meters().createUncertain().increment();
        log.atWarn()
                .addKeyValue("call", context().callId())
                .addKeyValue("carrier", account().dialect().name())
                .addKeyValue("why", why)
                .log("it is not known whether the carrier began a call");
        awaitReport();
    }

    /// A report of the call, or its stream, tells its name.
    private void awaitReport() {
        loop().schedule(
                        REPORT_LIMIT,
                        () -> {
                            if (callId() == null && !isLeft()) {
                                unheardOf();
                            }
                        });
    }

    /// Should there be a call all the same, a report of it comes while the leg is still known.
    private void unheardOf() {
        if (phase() == Phase.WAITING) {
            hangUp(HangupCause.FAILURE);
        }
        tellEnded();
        loop().schedule(
                        dial.ring().plus(RING_MARGIN),
                        () -> {
                            if (callId() == null) {
                                account().forget(this);
                            }
                        });
    }

    /// The call is there, under this name.
    private void known(String id) {
        learn(id);
        if (phase() == Phase.ENDING || phase() == Phase.ENDED) {
            end(answered);
        }
    }

    @Override
    void report(CallStatus status, long sequence, int sipStatus, String id) {
        if (!order.isNews(status, sequence)) {
            account().meters().statusOld().increment();
            return;
        }
        if (status.isTerminal()) {
            learn(id);
            gone(status.cause(sipStatus));
            return;
        }
        known(id);
        switch (status) {
            case RINGING -> {
                if (phase() == Phase.WAITING && !ringing) {
                    ringing = true;
                    tell(new LegEvent.Ringing());
                }
            }
            case IN_PROGRESS -> {
                if (!answered) {
                    answered = true;
                    loop().schedule(
                                    START_LIMIT,
                                    () -> {
                                        if (phase() == Phase.WAITING) {
                                            lose("no_start");
                                        }
                                    });
                }
            }
            case QUEUED, INITIATED, COMPLETED, BUSY, NO_ANSWER, CANCELED, FAILED -> {}
        }
    }

    @Override
    boolean isAnswered() {
        return answered;
    }

    @Override
    void end(boolean answered) {
        waiting.cancel();
        if (!asked && callId() == null) {
            cleared();
        } else {
            super.end(answered);
        }
    }

    /// It did not arrive.
    @Override
    public void returnToCarrier() {
        hangUp(HangupCause.NORMAL);
    }

    @Override
    public void leave() {
        if (asked || callId() != null) {
            super.leave();
        } else {
            hangUp(HangupCause.NORMAL);
        }
    }
}
