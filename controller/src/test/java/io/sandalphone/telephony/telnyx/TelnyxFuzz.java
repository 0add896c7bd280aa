package io.sandalphone.telephony.telnyx;

import io.sandalphone.fuzz.FuzzRun;
import io.sandalphone.telephony.markup.FuzzedCall;

import java.net.URI;
import java.time.InstantSource;

/// `scripts/fuzz --target telnyx`: what comes over a media socket of Telnyx', from its opening on.
public final class TelnyxFuzz {
    private static final TelnyxSettings SETTINGS =
            TelnyxScene.settings(URI.create("http://127.0.0.1:1"));

    private TelnyxFuzz() {}

    public static void fuzzerInitialize() {
        FuzzRun.begin();
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedCall.play(
                input,
                TelnyxScene.CALL,
                (account, refusals, registry) ->
                        new TelnyxProtocol(
                                account,
                                new TelnyxGuard(
                                        SETTINGS.publicKey(),
                                        false,
                                        InstantSource.system(),
                                        refusals,
                                        new AccountId()),
                                SETTINGS.codec(),
                                SETTINGS.byteOrder(),
                                TelnyxMeters.register(registry)));
    }

    public static void fuzzerTearDown() {
        FuzzRun.tell();
    }
}
