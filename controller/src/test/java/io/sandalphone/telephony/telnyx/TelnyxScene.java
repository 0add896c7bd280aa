package io.sandalphone.telephony.telnyx;

import io.sandalphone.config.Secret;
import io.sandalphone.telephony.E164;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/// An account of Telnyx' that exists nowhere, and the key pair it signs with.
final class TelnyxScene {
    static final String ACCOUNT = "00000000-0000-4000-8000-000000000001";
    static final String APP = "1000000000000000001";
    static final String CALL = "v3:abc_DEF-123";
    static final String STREAM = "32de0000-0000-4000-8000-000000000002";
    static final String NUMBER = "+15550100123";
    static final long NOW = 1_800_000_000;

    private static final KeyPair PAIR = pair();

    private TelnyxScene() {}

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String publicKey() {
        byte[] encoded = PAIR.getPublic().getEncoded();
        return Base64.getEncoder()
                .encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    static String sign(String timestamp, String body) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(PAIR.getPrivate());
            signature.update((timestamp + "|" + body).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The headers of a request with `body` that is signed for `seconds`.
    static Map<String, String> headers(long seconds, String body) {
        String timestamp = Long.toString(seconds);
        return Map.of(
                "telnyx-signature-ed25519", sign(timestamp, body), "telnyx-timestamp", timestamp);
    }

    static TelnyxSettings settings(URI api) {
        return settings(api, TelnyxCodec.PCMU, false);
    }

    static TelnyxSettings settings(URI api, TelnyxCodec codec, boolean machineDetection) {
        return new TelnyxSettings(
                new Secret("KEY123"),
                publicKey(),
                APP,
                new E164(NUMBER),
                api,
                1,
                machineDetection,
                codec,
                TelnyxSettings.Linear.BIG_ENDIAN);
    }
}
