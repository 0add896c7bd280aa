package io.sandalphone.harness.twilio;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// `X-Twilio-Signature`: the HMAC-SHA1 of an address and what is posted to it, by the account's token
/// (twilio.com/docs/usage/security).
public final class TwilioSignature {
    private TwilioSignature() {}

    /// The signature of a request to `url` with the parameters `form`, empty where none are posted.
    public static String of(String authToken, String url, Map<String, String> form) {
        var data = new StringBuilder(url);
        // Names in the order of their bytes, each with its value behind it and nothing between.
        new TreeMap<>(form).forEach((name, value) -> data.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            byte[] digest = mac.doFinal(data.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }
}
