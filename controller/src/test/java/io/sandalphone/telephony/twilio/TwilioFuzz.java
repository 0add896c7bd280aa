package io.sandalphone.telephony.twilio;

import io.sandalphone.fuzz.FuzzRun;
import io.sandalphone.telephony.markup.FuzzedCall;
import io.sandalphone.telephony.stream.PublicUrl;

import java.net.URI;

/// `scripts/fuzz --target twilio`: what comes over a media socket of Twilio's, from its opening on.
public final class TwilioFuzz {
    private static final PublicUrl PUBLIC = new PublicUrl(true, "gw.example.org");
    private static final TwilioSettings SETTINGS =
            TwilioScene.settings(URI.create("http://127.0.0.1:1"));

    private TwilioFuzz() {}

    public static void fuzzerInitialize() {
        FuzzRun.begin();
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedCall.play(
                input,
                TwilioScene.CALL,
                (account, refusals, _) ->
                        new TwilioProtocol(
                                account,
                                new TwilioGuard(
                                        SETTINGS.accountSid(),
                                        SETTINGS.authToken(),
                                        PUBLIC,
                                        false,
                                        refusals)));
    }

    public static void fuzzerTearDown() {
        FuzzRun.tell();
    }
}
