package io.sandalphone.telephony.asterisk;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts and logs what of one call did not go as it should at Asterisk. Runs on the call's loop.
final class OverlayTrouble {
    private static final Logger log = LoggerFactory.getLogger(Overlay.class);

    private final String callId;
    private final OverlayMeters meters;

    OverlayTrouble(String callId, OverlayMeters meters) {
        this.callId = callId;
        this.meters = meters;
    }

    /// A request of which the state of a leg or of the bridge depends did not bring it about.
    void repeated(Throwable failure, boolean first) {
        meters.repeated().increment();
        if (first) {
            log.atWarn()
                    .addKeyValue("call", callId)
                    .addKeyValue("answer", failure.getMessage())
                    .log("asterisk did not do what was asked, it is asked again");
        }
    }

    void refused(String what, Throwable failure) {
        meters.refused().increment();
        log.atWarn()
                .addKeyValue("call", callId)
                .addKeyValue("step", what)
                .addKeyValue("answer", failure.getMessage())
                .log("asterisk refused a step of a call");
    }

    void audioLost() {
        meters.audioLost().increment();
    }

    void repairing(Leg leg) {
        meters.repaired().increment();
        log.atInfo()
                .addKeyValue("call", callId)
                .addKeyValue("leg", Ids.role(leg.party))
                .log("leg repaired, its packets are numbered from another start");
    }

    void silentAsked() {
        meters.silentAsked().increment();
    }

    void silentTooLong(Leg leg) {
        meters.silentEnded().increment();
        log.atInfo()
                .addKeyValue("call", callId)
                .addKeyValue("leg", Ids.role(leg.party))
                .log("no packets of a leg for too long, and nobody speaks to it");
    }

    void dialledAgain() {
        meters.secondPop().increment();
    }

    void releaseIncomplete() {
        meters.releaseIncomplete().increment();
        log.atWarn()
                .addKeyValue("call", callId)
                .log("call release incomplete, left to the next sweep");
    }
}
