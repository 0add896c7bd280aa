package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Where one request ends and the next begins (RFC 9112, sections 2 to 7). A proxy in front that sees
/// it differently would let a stranger's bytes pass for somebody else's request, so whatever can be
/// read in two ways is refused and the connection closed.
class RequestFramingTest {
    private static final String AUTHORIZED =
            "Host: x\r\nAuthorization: Bearer " + RunningServer.TOKEN + "\r\n";

    private RunningServer running;

    @BeforeEach
    void start() throws Exception {
        running = new RunningServer("127.0.0.1", false);
        running.calls.live.add(FakeCalls.call("7f3", 0));
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @Test
    void a_header_whose_name_resembles_content_length_is_no_length() throws Exception {
        String second = "GET /nowhere HTTP/1.1\r\nX: y\r\n";
        for (String name :
                List.of("Content-Xength", "Content-Lenght", "Content_Length", "Xontent-Length")) {
            // Were it a length, the second request would be the body of the first.
            var answers =
                    new RawRequest(running.server.port())
                            .exchange(
                                    "POST /calls HTTP/1.1\r\n"
                                            + AUTHORIZED
                                            + name
                                            + ": "
                                            + second.length()
                                            + "\r\n\r\n"
                                            + second
                                            + AUTHORIZED
                                            + "Connection: close\r\n\r\n");
            assertEquals(List.of(400, 404), answers, name);
        }
    }

    @Test
    void chunks_as_they_should_be_are_read() throws Exception {
        String body = "{\"from\": \"+15551230001\", \"to\": \"+525512345678\"}";
        var answers =
                new RawRequest(running.server.port())
                        .exchange(
                                "POST /calls HTTP/1.1\r\n"
                                        + AUTHORIZED
                                        + "Transfer-Encoding: chunked\r\n\r\n"
                                        + Integer.toHexString(body.length())
                                        + "\r\n"
                                        + body
                                        + "\r\n0\r\n\r\n"
                                        + "GET /nowhere HTTP/1.1\r\n"
                                        + AUTHORIZED
                                        + "Connection: close\r\n\r\n");
        assertEquals(List.of(201, 404), answers);
    }
}
