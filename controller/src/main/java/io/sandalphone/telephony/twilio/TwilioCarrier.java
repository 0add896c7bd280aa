package io.sandalphone.telephony.twilio;

import io.sandalphone.telephony.markup.MarkupCarrier;
import io.sandalphone.telephony.markup.RefusalLog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Twilio as a carrier of single legs. Thread-safe.
public final class TwilioCarrier extends MarkupCarrier {
    /// The name of this carrier, as routes give it.
    public static final String NAME = "twilio";

    private static final Logger log = LoggerFactory.getLogger(TwilioCarrier.class);

    /// With `verifySignatures` off anybody who reaches the listener is believed to be Twilio.
    public TwilioCarrier(
            TwilioSettings settings,
            boolean verifySignatures,
            Surroundings surroundings,
            TwilioMeters meters) {
        this(settings, verifySignatures, surroundings, meters, new TwilioRest(settings));
    }

    TwilioCarrier(
            TwilioSettings settings,
            boolean verifySignatures,
            Surroundings surroundings,
            TwilioMeters meters,
            RestApi rest) {
        this(
                settings,
                new TwilioGuard(
                        settings.accountSid(),
                        settings.authToken(),
                        surroundings.publicUrl(),
                        verifySignatures,
                        new RefusalLog(meters.legs(), surroundings.clock(), TwilioGuard.ADVICE)),
                surroundings,
                meters,
                rest);
        if (!verifySignatures) {
            log.warn("Twilio's signatures are not checked: verify-signatures is off");
        }
    }

    private TwilioCarrier(
            TwilioSettings settings,
            TwilioGuard guard,
            Surroundings surroundings,
            TwilioMeters meters,
            RestApi rest) {
        super(
                new TwilioDialect(settings, surroundings.publicUrl(), rest),
                guard,
                account -> new TwilioProtocol(account, guard),
                settings.callsPerSecond(),
                surroundings,
                meters.legs());
    }
}
