package io.sandalphone.telephony.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.Optional;

class PublicUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://gw.example.org,          https://gw.example.org,      false",
        "https://GW.Example.org/,         https://gw.example.org,      true",
        "https://gw.example.org:443,      https://gw.example.org,      false",
        "https://gw.example.org:8443/a/b, https://gw.example.org:8443, true",
        "https://gw.example.org?a=1,      https://gw.example.org,      true",
        "https://[2001:db8::1]:8443,      https://[2001:db8::1]:8443,  false",
        "http://127.0.0.1:8091,           http://127.0.0.1:8091,       false",
        "http://localhost,                http://localhost,            false",
    })
    void only_scheme_and_host_count(String written, String kept, boolean moreIgnored) {
        PublicUrl.Read read = PublicUrl.read(written);

        assertEquals(kept, read.url().toString());
        assertEquals(moreIgnored, read.moreIgnored());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gw.example.org",
                "http://gw.example.org",
                "wss://gw.example.org",
                "https://",
                "https://u:p@h.org",
                "https://gw example.org",
                "https://gw.example.org:0",
                ""
            })
    void what_carriers_could_not_use_is_refused(String written) {
        assertThrows(IllegalArgumentException.class, () -> PublicUrl.read(written));
    }

    @Test
    void webhooks_and_sockets_are_made_of_it() {
        PublicUrl secure = PublicUrl.read("https://gw.example.org:8443").url();
        assertEquals("https://gw.example.org:8443/a?b=c", secure.web("/a?b=c"));
        assertEquals("wss://gw.example.org:8443/m", secure.socket("/m"));
        assertEquals(
                "ws://127.0.0.1:8091/m",
                PublicUrl.read("http://127.0.0.1:8091").url().socket("/m"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, ,                       true",
        "127.0.0.1, http://127.0.0.1:8091,  true",
        "127.0.0.1, https://localhost:8443, true",
        "127.0.0.1, https://[::1]:8443,     true",
        "127.0.0.1, https://gw.example.org, false",
        "127.0.0.1, https://127.example.org, false",
        "0.0.0.0,   ,                       false",
        "10.0.0.1,  http://127.0.0.1:8091,  false",
    })
    void anybody_is_trusted_only_where_nobody_from_outside_comes(
            String listen, String publicUrl, boolean may) {
        Optional<PublicUrl> url =
                Optional.ofNullable(publicUrl).map(text -> PublicUrl.read(text).url());

        assertEquals(may, StreamSettings.mayTrustAnybody(InetAddress.ofLiteral(listen), url));
    }
}
