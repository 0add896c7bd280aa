package io.sandalphone.telephony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipAddressTest {
    @ParameterizedTest
    @CsvSource({
        "sip:gw.example.org, sip:a1@gw.example.org",
        "sip:gw, sip:a1@gw",
        "sip:4gw.xn--p1ai, sip:a1@4gw.xn--p1ai",
        "sip:10.77.0.2:5080, sip:a1@10.77.0.2:5080",
        "sip:gw.example.org;transport=tcp, sip:a1@gw.example.org;transport=tcp",
        "sip:gw.example.org:5061;transport=tls, sip:a1@gw.example.org:5061;transport=tls"
    })
    void a_user_is_called_there(String text, String uri) {
        SipAddress address = SipAddress.parse(text);

        assertEquals(uri, address.uri("a1"));
        assertEquals(text, address.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gw.example.org",
                "sips:gw.example.org",
                "sip:",
                "sip:me@gw.example.org",
                "sip:gw.example.org:0",
                "sip:gw.example.org:65536",
                "sip:gw.example.org:port",
                "sip:gw.example.org;transport=ws",
                "sip:gw.example.org;lr",
                "sip:gw.example.org/path",
                "sip:gw example.org",
                "sip:-gw.example.org",
                "sip:gw..example.org",
                "sip:gw.-example.org",
                "sip:300.77.0.2",
                "sip:10.77.0",
                "sip:010.77.0.2",
                "sip:gw.example.org\n"
            })
    void anything_else_is_no_address_and_is_not_repeated(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> SipAddress.parse(text));

        assertFalse(refused.toString().contains("gw."), refused::toString);
    }
}
