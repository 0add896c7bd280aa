package io.sandalphone.telephony.telnyx;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.markup.Afterwards;
import io.sandalphone.telephony.markup.AnsweringDialect;
import io.sandalphone.telephony.markup.MarkupCarrier;
import io.sandalphone.telephony.markup.RefusalLog;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamAddress;

import java.nio.ByteOrder;
import java.time.InstantSource;

/// Telnyx, by TeXML, for a program that only answers: it rings nobody and needs nothing of Telnyx but the key by which it knows
/// Telnyx. A call that arrives waits until it is answered or refused, and ends with its stream. Our sound is mu-law. Thread-safe.
public final class TelnyxAnswering extends MarkupCarrier {
    // Nobody is rung.
    private static final int CALLS_PER_SECOND = 1;

    private static final TelnyxCodec CODEC = TelnyxCodec.PCMU;

    /// `publicKey` is the account's, as the portal shows it.
    public TelnyxAnswering(String publicKey, Surroundings surroundings, TelnyxMeters meters) {
        this(
                new TelnyxGuard(
                        publicKey,
                        true,
                        InstantSource.system(),
                        new RefusalLog(meters.legs(), surroundings.clock(), TelnyxGuard.ADVICE),
                        new AccountId()),
                surroundings,
                meters);
    }

    private TelnyxAnswering(TelnyxGuard guard, Surroundings surroundings, TelnyxMeters meters) {
        super(
                new Words(surroundings.publicUrl()),
                guard,
                account -> new TelnyxProtocol(account, guard, CODEC, ByteOrder.BIG_ENDIAN, meters),
                CALLS_PER_SECOND,
                surroundings,
                meters.legs());
    }

    /// Whether `text` is a public key as Telnyx' portal shows it: base64 of 32 bytes.
    public static boolean isPublicKey(String text) {
        return TelnyxSignature.isKey(text);
    }

    /// The header that Telnyx' requests bear, and nobody else's.
    public static String signatureHeader() {
        return TelnyxSignature.HEADER;
    }

    private static final class Words extends AnsweringDialect {
        private final PublicUrl publicUrl;

        Words(PublicUrl publicUrl) {
            super(TelnyxCarrier.NAME);
            this.publicUrl = publicUrl;
        }

        @Override
        public String streamDocument(StreamAddress address, String token, Afterwards afterwards) {
            return Texml.streamAlone(publicUrl.socket(address.path() + "/" + token), CODEC);
        }

        @Override
        public CallerId caller(FormParameters parameters) {
            return TelnyxCaller.of(parameters);
        }
    }
}
