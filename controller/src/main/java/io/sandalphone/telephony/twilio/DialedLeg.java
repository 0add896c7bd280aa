package io.sandalphone.telephony.twilio;

import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.time.Loop.Timer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/// A leg that we ring. Its call is begun by one request, which is made again only where Twilio certainly
/// has not begun one: it refused for too many requests, or nothing was sent. Where that is not known,
/// Twilio's reports, which bear the leg's own key, tell whether there is one.
final class DialedLeg extends TwilioLeg {
    private static final Logger log = LoggerFactory.getLogger(DialedLeg.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    private static final int MOST_ATTEMPTS = 4;

    /// How long a report may take that tells of a call of which nothing else is known.
    static final Duration REPORT_LIMIT = Duration.ofSeconds(10);

    /// How long Twilio may ring beyond what it was told.
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
        FormParameters form = form();
        loop().offload(
                        () -> account().rest().createCall(form),
                        this::created,
                        failure -> created(new RestAnswer.Unknown(failure.getClass().getName())));
    }

    private FormParameters form() {
        TwilioSettings settings = account().settings();
        FormParameters form =
                FormParameters.of(
                        "To", dial.number().number(),
                        "From", settings.phoneNumber().number(),
                        "Twiml", account().streamDocument(this),
                        "Timeout", Long.toString(seconds(dial.ring(), 600)),
                        "TimeLimit", Long.toString(seconds(dial.longestCall(), 86_400)),
                        "StatusCallback", account().statusUrl(key),
                        "StatusCallbackMethod", "POST",
                        "StatusCallbackEvent", "initiated",
                        "StatusCallbackEvent", "ringing",
                        "StatusCallbackEvent", "answered",
                        "StatusCallbackEvent", "completed");
        // Asynchronous: the other way nobody hears anything while Twilio listens.
        return settings.machineDetection()
                ? form.with("MachineDetection", "Enable")
                        .with("AsyncAmd", "true")
                        .with("AsyncAmdStatusCallback", account().machineUrl())
                : form;
    }

    private static long seconds(Duration duration, long most) {
        return Math.clamp(duration.toSeconds(), 1, most);
    }

    private void created(RestAnswer answer) {
        switch (answer) {
            case RestAnswer.Done(var sid, _) -> {
                account().credentialsAccepted(true);
                if (sid.isPresent()) {
                    known(sid.get());
                } else {
                    uncertain("no sid");
                }
            }
            case RestAnswer.Unknown(var why) -> uncertain(why);
            case RestAnswer.Unsent(var why) -> againOrFail(why);
            case RestAnswer.Refused refused -> refused(refused);
        }
    }

    private void refused(RestAnswer.Refused refused) {
        if (refused.isTooMany()) {
            againOrFail("too many requests");
            return;
        }
        if (refused.status() == 401) {
            account().credentialsAccepted(false);
        }
        log.atWarn()
                .addKeyValue("call", context().callId())
                .addKeyValue("status", refused.status())
                .addKeyValue("code", refused.code())
                .log("Twilio did not begin a call");
        fail(causeOf(refused.code()));
    }

    /// Twilio's error codes: what is wrong with the number or its country, or with us.
    private static HangupCause causeOf(int code) {
        return switch (code) {
            case 13223, 13224, 21201, 21211, 21214, 21217 -> HangupCause.UNALLOCATED;
            case 13225, 13227, 21215, 21216 -> HangupCause.REJECTED;
            case 10004, 20429, 22005 -> HangupCause.CONGESTION;
            default -> HangupCause.FAILURE;
        };
    }

    private void againOrFail(String why) {
        asked = false;
        if (phase() != Phase.WAITING || attempts >= MOST_ATTEMPTS) {
            log.atWarn()
                    .addKeyValue("call", context().callId())
                    .addKeyValue("why", why)
                    .log("Twilio could not be asked to begin a call");
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
                .addKeyValue("why", why)
                .log("it is not known whether Twilio began a call");
        loop().schedule(
                        REPORT_LIMIT,
                        () -> {
                            if (callSid() == null && !isLeft()) {
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
                            if (callSid() == null) {
                                account().forget(this);
                            }
                        });
    }

    /// The call is there, under this name.
    private void known(String sid) {
        learn(sid);
        if (phase() == Phase.ENDING || phase() == Phase.ENDED) {
            end(answered);
        }
    }

    @Override
    void report(CallStatus status, long sequence, int sipStatus, String sid) {
        if (!order.isNews(status, sequence)) {
            account().meters().statusOld().increment();
            return;
        }
        if (status.isTerminal()) {
            learn(sid);
            gone(status.cause(sipStatus));
            return;
        }
        known(sid);
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
        if (!asked && callSid() == null) {
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
        if (asked || callSid() != null) {
            super.leave();
        } else {
            hangUp(HangupCause.NORMAL);
        }
    }
}
