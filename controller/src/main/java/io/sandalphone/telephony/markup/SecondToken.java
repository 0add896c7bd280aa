package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.LegContext;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The word that opens the stream by which a party comes out of their call's room when the other one was taken out of it
/// ([Afterwards.Room]). It follows from the room's name, which nobody can guess, so a gateway that knows the room knows what its
/// people come with, whichever gateway gave them their documents.
final class SecondToken {
    // As long as other words: 160 bits.
    private static final int BYTES = 20;
    private static final String ALGORITHM = "HmacSHA256";

    private SecondToken() {}

    /// That of a leg: letters, digits, `-` and `_`.
    static String of(LegContext context) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(context.room().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] word =
                    mac.doFinal(
                            ("second stream " + context.party()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(word, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
