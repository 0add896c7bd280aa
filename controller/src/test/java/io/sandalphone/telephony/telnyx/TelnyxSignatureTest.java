package io.sandalphone.telephony.telnyx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

class TelnyxSignatureTest {
    private static final String TIME = "1800000000";
    private static final String BODY = "CallSid=v3%3Aabc&From=%2B15550100&Text=%C3%B1";

    private final TelnyxSignature signature = new TelnyxSignature(TelnyxScene.publicKey());
    private final String written = TelnyxScene.sign(TIME, BODY);

    private boolean covers(String signed, String time, byte[] body) {
        return signature.covers(signed, time, body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// RFC 8032, section 7.1, test 3, whose message begins with something other than a time.
    @Test
    void a_public_key_is_the_bytes_that_the_portal_shows() {
        String key = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";

        assertTrue(
                TelnyxSignature.isKey(
                        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(key))));
        assertTrue(covers(written, TIME, bytes(BODY)));
    }

    @Test
    void each_altered_byte_makes_it_another_request() {
        for (int i = 0; i < BODY.length(); i++) {
            byte[] body = bytes(BODY);
            body[i] ^= 1;
            assertFalse(covers(written, TIME, body), "body at " + i);
        }
        for (int i = 0; i < TIME.length(); i++) {
            byte[] time = bytes(TIME);
            time[i] ^= 1;
            assertFalse(
                    covers(written, new String(time, StandardCharsets.UTF_8), bytes(BODY)),
                    "time at " + i);
        }
        byte[] raw = Base64.getDecoder().decode(written);
        for (int i = 0; i < raw.length; i++) {
            byte[] other = raw.clone();
            other[i] ^= 1;
            assertFalse(
                    covers(Base64.getEncoder().encodeToString(other), TIME, bytes(BODY)),
                    "signature at " + i);
        }
        assertFalse(covers(written, TIME, bytes(BODY + " ")));
        assertFalse(covers(written, TIME, new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%%%", "AAAA", "not base64 at all"})
    void what_is_no_signature_covers_nothing(String nonsense) {
        assertFalse(covers(nonsense, TIME, bytes(BODY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "%%%", "MCowBQYDK2VwAyEA"})
    void what_is_no_key_is_none(String nonsense) {
        assertFalse(TelnyxSignature.isKey(nonsense));
    }

    @Test
    void a_signature_is_new_once_and_the_oldest_are_forgotten() {
        var seen = new SeenSignatures(600);
        assertTrue(seen.isNew("a", 1000));
        assertFalse(seen.isNew("a", 1600));
        assertTrue(seen.isNew("a", 1601));
        int news = 0;
        for (int i = 0; i <= SeenSignatures.MOST; i++) {
            news += seen.isNew("b" + i, 1700) ? 1 : 0;
        }
        assertEquals(SeenSignatures.MOST + 1, news);
        assertTrue(seen.isNew("b0", 1700));
    }
}
