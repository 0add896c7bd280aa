package io.sandalphone.telephony.telnyx;

import io.sandalphone.telephony.markup.MarkupCarrier;
import io.sandalphone.telephony.markup.RefusalLog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;

/// Telnyx as a carrier of single legs, by TeXML. Thread-safe.
public final class TelnyxCarrier extends MarkupCarrier {
    /// The name of this carrier, as routes give it.
    public static final String NAME = "telnyx";

    private static final Logger log = LoggerFactory.getLogger(TelnyxCarrier.class);

    /// With `verifySignatures` off anybody who reaches the listener is believed to be Telnyx.
    public TelnyxCarrier(
            TelnyxSettings settings,
            boolean verifySignatures,
            Surroundings surroundings,
            TelnyxMeters meters) {
        this(
                settings,
                verifySignatures,
                surroundings,
                meters,
                InstantSource.system(),
                new AccountId());
    }

    /// `clock` is what the times of signatures are held against.
    TelnyxCarrier(
            TelnyxSettings settings,
            boolean verifySignatures,
            Surroundings surroundings,
            TelnyxMeters meters,
            InstantSource clock,
            AccountId accountId) {
        this(
                settings,
                new TelnyxGuard(
                        settings.publicKey(),
                        verifySignatures,
                        clock,
                        new RefusalLog(meters.legs(), surroundings.clock(), TelnyxGuard.ADVICE),
                        accountId),
                surroundings,
                meters,
                new TelnyxRest(settings, accountId));
        if (!verifySignatures) {
            log.warn("Telnyx' signatures are not checked: verify-signatures is off");
        }
    }

    private TelnyxCarrier(
            TelnyxSettings settings,
            TelnyxGuard guard,
            Surroundings surroundings,
            TelnyxMeters meters,
            TelnyxRest rest) {
        super(
                new TelnyxDialect(settings, surroundings.publicUrl(), rest),
                guard,
                account ->
                        new TelnyxProtocol(
                                account, guard, settings.codec(), settings.byteOrder(), meters),
                settings.callsPerSecond(),
                surroundings,
                meters.legs());
    }
}
