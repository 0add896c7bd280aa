package io.sandalphone.telephony.twilio;

import io.sandalphone.config.Secret;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.FormParameters.Parameter;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks what Twilio signs its requests with, the header `X-Twilio-Signature`: base64 of an HMAC-SHA1
/// under the account's primary token, over the address as it was asked for and the parameters of a
/// form, sorted by name, a repeated value once (Twilio, "Webhooks security").
///
/// The address is taken as it is written, never taken apart and put together again; the port that its
/// scheme implies may be written or not. Thread-safe.
final class TwilioSignature {
    /// The header, however it is written.
    static final String HEADER = "X-Twilio-Signature";

    private static final String ALGORITHM = "HmacSHA1";
    private static final String BODY_HASH = "bodySHA256=";

    private final SecretKeySpec key;

    TwilioSignature(Secret authToken) {
        key = new SecretKeySpec(authToken.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /// What Twilio would write over `url` and `form`.
    String sign(String url, FormParameters form) {
        var data = new StringBuilder(url);
        Set<Parameter> sorted =
                new TreeSet<>(
                        Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
        sorted.addAll(form.all());
        sorted.forEach(parameter -> data.append(parameter.name()).append(parameter.value()));
        return Base64.getEncoder().encodeToString(hmac(data.toString()));
    }

    private byte[] hmac(String data) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(data.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /// Whether `signature` is Twilio's over a request for `url` with `form`.
    boolean covers(String signature, String url, FormParameters form) {
        boolean fits = false;
        for (String written : withAndWithoutPort(url)) {
            fits |= equal(sign(written, form), signature);
        }
        return fits;
    }

    /// Whether `signature` is Twilio's over a socket at `url`, or at the same with a slash behind it.
    boolean coversSocket(String signature, String url) {
        FormParameters none = FormParameters.of();
        boolean plain = covers(signature, url, none);
        boolean slashed = covers(signature, url + "/", none);
        return plain || slashed;
    }

    /// Whether `signature` is Twilio's over a request for `url` whose `body` is no form: the address then
    /// holds the body's hash.
    boolean coversBody(String signature, String url, byte[] body) {
        int query = url.indexOf('?');
        String hash = "";
        if (query >= 0) {
            for (String part : url.substring(query + 1).split("&", -1)) {
                if (part.startsWith(BODY_HASH)) {
                    hash = part.substring(BODY_HASH.length());
                }
            }
        }
        boolean signed = covers(signature, url, FormParameters.of());
        return equal(sha256(body), hash) && signed;
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static boolean equal(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> withAndWithoutPort(String url) {
        int scheme = url.indexOf("://");
        int host = scheme + 3;
        int end = host;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority = url.substring(host, end);
        boolean secure = url.startsWith("https:") || url.startsWith("wss:");
        String port = secure ? ":443" : ":80";
        if (authority.endsWith(port)) {
            String bare = authority.substring(0, authority.length() - port.length());
            return List.of(url, url.substring(0, host) + bare + url.substring(end));
        }
        boolean ported = authority.lastIndexOf(':') > authority.lastIndexOf(']');
        return ported
                ? List.of(url)
                : List.of(url, url.substring(0, host) + authority + port + url.substring(end));
    }
}
