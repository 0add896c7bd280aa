package io.sandalphone.harness.fakes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.harness.lab.SharedByClass;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

import javax.net.ssl.SSLHandshakeException;

class FakeServerTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    @Test
    void its_certificate_is_believed_by_whoever_has_its_trust_store_and_nobody_else(
            @TempDir Path folder) throws Exception {
        FakeTls tls = FakeTls.make(folder);
        try (var server =
                        FakeServer.listen(
                                VERTX.get(),
                                FakeOptions.secured(tls),
                                request -> request.response().end("hello"));
                var trusting = HttpClient.newBuilder().sslContext(tls.trustingContext()).build();
                var wary = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(server.address()).build();

            assertEquals("hello", trusting.send(request, BodyHandlers.ofString()).body());
            assertThrows(
                    SSLHandshakeException.class,
                    () -> wary.send(request, BodyHandlers.discarding()));
        }
    }

    @Test
    void a_fault_it_cannot_do_is_refused() {
        var activeFault = new ActiveFault(Fault.CUT, Fault.STALL);

        activeFault.inject(Fault.CUT);

        assertEquals(Fault.CUT, activeFault.current());
        assertThrows(IllegalArgumentException.class, () -> activeFault.inject(Fault.THROTTLED));
    }

    @Test
    void the_busiest_second_may_lie_across_two_on_the_clock() {
        var rate = new BusiestSecond();
        for (long millis : new long[] {0, 900, 950, 1100, 1899, 2500}) {
            rate.count(millis * 1_000_000);
        }
        assertEquals(4, rate.most());
    }
}
