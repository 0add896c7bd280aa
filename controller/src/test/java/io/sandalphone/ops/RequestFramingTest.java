package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Stream;

/// Where one request ends and the next begins (RFC 9112, sections 2 to 7). A proxy in front that sees
/// it differently would let a stranger's bytes pass for somebody else's request, so whatever can be
/// read in two ways is refused and the connection closed.
// A text block has line ends of its own, and here each of them matters.
@SuppressWarnings("StringConcatToTextBlock")
class RequestFramingTest {
    private static final String AUTHORIZED =
            "Host: x\r\nAuthorization: Bearer " + RunningServer.TOKEN + "\r\n";
    private static final String SMUGGLED = "DELETE /calls HTTP/1.1\r\n" + AUTHORIZED + "\r\n";

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

    static Stream<Arguments> ambiguous() {
        return Stream.of(
                        List.of(
                                "two lengths",
                                "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
                        List.of(
                                "the same length twice",
                                "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
                        List.of("a list of lengths", "Content-Length: 5, 5\r\n\r\nhello"),
                        List.of("a list of different lengths", "Content-Length: 5, 6\r\n\r\nhello"),
                        List.of("a length with a sign", "Content-Length: +5\r\n\r\nhello"),
                        List.of("a negative length", "Content-Length: -5\r\n\r\n"),
                        List.of("an empty length", "Content-Length: \r\n\r\n"),
                        List.of("a length in hexadecimal", "Content-Length: 0x5\r\n\r\nhello"),
                        List.of("a length with a space inside", "Content-Length: 5 5\r\n\r\nhello"),
                        List.of("a length with a point", "Content-Length: 5.0\r\n\r\nhello"),
                        List.of("a length in other digits", "Content-Length: \u0665\r\n\r\nhello"),
                        List.of(
                                "a length beyond all numbers",
                                "Content-Length: 99999999999999999999\r\n\r\nhello"),
                        List.of(
                                "a length that wraps around",
                                "Content-Length: 18446744073709551621\r\n\r\nhello"),
                        List.of(
                                "a length and chunks",
                                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        List.of(
                                "chunks and a length",
                                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
                        List.of(
                                "an unknown coding",
                                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                        List.of(
                                "chunks twice",
                                "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
                        List.of(
                                "chunks in two headers",
                                "Transfer-Encoding: chunked\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\n"
                                        + "0\r\n\r\n"),
                        List.of(
                                "chunks not last",
                                "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
                        List.of(
                                "identity",
                                "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello"),
                        List.of(
                                "chunks and identity",
                                "Transfer-Encoding: chunked\r\n"
                                        + "Transfer-Encoding: identity\r\n\r\n"
                                        + "0\r\n\r\n"),
                        List.of("quoted chunks", "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
                        List.of(
                                "chunks behind a vertical tab",
                                "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
                        List.of(
                                "an empty coding",
                                "Transfer-Encoding: \r\nContent-Length: 5\r\n\r\nhello"),
                        List.of(
                                "a space before the colon",
                                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
                        List.of("a tab before the colon", "Content-Length\t: 5\r\n\r\nhello"),
                        List.of("a folded length", "Content-Length:\r\n 5\r\n\r\nhello"),
                        List.of(
                                "a folded coding",
                                "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
                        List.of(
                                "a coding folded by a tab",
                                "Transfer-Encoding:\r\n\tchunked\r\n\r\n0\r\n\r\n"),
                        List.of("a line without a colon", "Content-Length\r\n\r\n"),
                        List.of("a name that is no token", "Content-Length[: 5\r\n\r\nhello"),
                        List.of("an empty name", ": 5\r\n\r\n"),
                        List.of("a bare carriage return", "X: y\rContent-Length: 5\r\n\r\nhello"),
                        List.of("a bare line feed", "X: y\nContent-Length: 5\r\n\r\nhello"),
                        List.of("a head that bare line feeds end", "X: y\n\n"),
                        List.of("a zero byte", "X: y\u0000z\r\n\r\n"),
                        List.of("a second host", "Host: y\r\n\r\n"),
                        List.of("a chunk size with a sign", chunked("+5\r\nhello\r\n0\r\n\r\n")),
                        List.of("a negative chunk size", chunked("-5\r\nhello\r\n0\r\n\r\n")),
                        List.of("a chunk size with 0x", chunked("0x5\r\nhello\r\n0\r\n\r\n")),
                        List.of("a chunk size behind a space", chunked(" 5\r\nhello\r\n0\r\n\r\n")),
                        List.of("an empty chunk size", chunked("\r\nhello\r\n0\r\n\r\n")),
                        List.of(
                                "a chunk size of other letters",
                                chunked("5g\r\nhello\r\n0\r\n\r\n")),
                        List.of(
                                "a chunk size that wraps around",
                                chunked("100000005\r\nhello\r\n0\r\n\r\n")),
                        List.of(
                                "a chunk size beyond all numbers",
                                chunked("fffffffffffffffff\r\nhello\r\n0\r\n\r\n")),
                        List.of("a chunk longer than it says", chunked("3\r\nhello\r\n0\r\n\r\n")),
                        List.of(
                                "a chunk line that a bare line feed ends",
                                chunked("5\nhello\r\n0\r\n\r\n")),
                        List.of(
                                "a chunk that a bare line feed ends",
                                chunked("5\r\nhello\n0\r\n\r\n")),
                        List.of(
                                "a bare line feed in an extension",
                                chunked("5;x\ny\r\nhello\r\n0\r\n\r\n")),
                        List.of("no chunk at all", chunked("hello\r\n\r\n")))
                .map(row -> Arguments.of(row.get(0), row.get(1)));
    }

    private static String chunked(String body) {
        return "Transfer-Encoding: chunked\r\n\r\n" + body;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void what_can_be_read_in_two_ways_is_refused_and_nothing_after_it_is_read(
            String name, String framing) throws Exception {
        var answers =
                new RawRequest(running.server.port())
                        .exchange("POST /calls HTTP/1.1\r\n" + AUTHORIZED + framing + SMUGGLED);
        assertEquals(List.of(400), answers, name);
        assertEquals(1, running.calls.live.size());
    }

    @ParameterizedTest
    @MethodSource
    void a_request_line_that_is_none_is_refused(String line) throws Exception {
        var answers =
                new RawRequest(running.server.port())
                        .exchange(line + "\r\n" + AUTHORIZED + "\r\n" + SMUGGLED);
        assertEquals(List.of(400), answers);
        assertEquals(1, running.calls.live.size());
    }

    static Stream<String> a_request_line_that_is_none_is_refused() {
        return Stream.of(
                "DELETE /calls",
                "DELETE /calls HTTP/1.1 x",
                "DELETE /calls HTTP/11",
                "DELETE /ca\u0000lls HTTP/1.1",
                "DEL(ETE /calls HTTP/1.1",
                "DELETE calls HTTP/1.1",
                "DELETE x:calls HTTP/1.1",
                "DELETE * HTTP/1.1",
                "nonsense");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http/1.1", "HTTP/1.9", "HTTP/2.0", "HTTP/0.9"})
    void a_version_we_do_not_speak_is_not_served(String version) throws Exception {
        var answers =
                new RawRequest(running.server.port())
                        .exchange(
                                "DELETE /calls "
                                        + version
                                        + "\r\n"
                                        + AUTHORIZED
                                        + "\r\n"
                                        + SMUGGLED);
        assertEquals(List.of(501), answers);
        assertEquals(1, running.calls.live.size());
    }

    @Test
    void a_request_line_that_goes_on_is_refused() throws Exception {
        var answers =
                new RawRequest(running.server.port())
                        .exchange(
                                "POST /calls HTTP/1.1\r\n Content-Length: "
                                        + SMUGGLED.length()
                                        + "\r\n"
                                        + AUTHORIZED
                                        + "\r\n"
                                        + SMUGGLED);
        assertEquals(List.of(400), answers);
        assertEquals(1, running.calls.live.size());
    }

    @Test
    void a_request_of_http_1_0_with_chunks_is_refused() throws Exception {
        var answers =
                new RawRequest(running.server.port())
                        .exchange(
                                "POST /calls HTTP/1.0\r\nConnection: keep-alive\r\n"
                                        + AUTHORIZED
                                        + chunked("0\r\n\r\n")
                                        + SMUGGLED);
        assertEquals(List.of(400), answers);
        assertEquals(1, running.calls.live.size());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_has_one_meaning_is_read_by_it(String name, String framing) throws Exception {
        var answers =
                new RawRequest(running.server.port())
                        .exchange(
                                "POST /calls HTTP/1.1\r\n"
                                        + AUTHORIZED
                                        + framing
                                        + "GET /nowhere HTTP/1.1\r\n"
                                        + AUTHORIZED
                                        + "Connection: close\r\n\r\n");
        assertEquals(List.of(201, 404), answers, name);
    }

    /// RFC 9112, sections 5.2 (a fold is a space), 6.3, 7.1 (extensions and trailers are left out).
    static Stream<Arguments> what_has_one_meaning_is_read_by_it() {
        String body = "{\"from\": \"+15551230001\", \"to\": \"+525512345678\"}";
        String size = Integer.toHexString(body.length());
        String length = "Content-Length: " + body.length() + "\r\n";
        return Stream.of(
                Arguments.of("a length", length + "\r\n" + body),
                Arguments.of(
                        "chunks",
                        chunked(
                                "1\r\n"
                                        + body.charAt(0)
                                        + "\r\n"
                                        + Integer.toHexString(body.length() - 1)
                                        + "\r\n"
                                        + body.substring(1)
                                        + "\r\n0\r\n\r\n")),
                Arguments.of(
                        "a folded header", length + "X: y\r\n Content-Length: 5\r\n\r\n" + body),
                Arguments.of(
                        "a size with zeros before it and an extension",
                        chunked("000" + size + ";x=\"y\"\r\n" + body + "\r\n0\r\n\r\n")),
                Arguments.of(
                        "a length in the trailer",
                        chunked(size + "\r\n" + body + "\r\n0\r\nContent-Length: 5\r\n\r\n")),
                Arguments.of(
                        "a coding in the trailer",
                        chunked(
                                size
                                        + "\r\n"
                                        + body
                                        + "\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/calls/",
                "//calls",
                "/calls//",
                "/./calls",
                "/calls/.",
                "/x/../calls",
                "/calls/..",
                "/calls/%2e",
                "/calls%2F",
                "/calls/%2f",
                "/%2E/calls",
                "http://x/calls/"
            })
    void a_path_with_an_empty_part_or_dots_names_nothing(String path) throws Exception {
        var answers =
                new RawRequest(running.server.port())
                        .exchange(
                                "DELETE "
                                        + path
                                        + " HTTP/1.1\r\n"
                                        + AUTHORIZED
                                        + "Connection: close\r\n\r\n");
        assertEquals(List.of(404), answers);
        assertEquals(1, running.calls.live.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/calls?id=7f3", "/calls?", "/calls/7f3?x", "/calls?all=false"})
    void a_query_does_not_widen_what_is_ended(String path) throws Exception {
        var answers =
                new RawRequest(running.server.port())
                        .exchange(
                                "DELETE "
                                        + path
                                        + " HTTP/1.1\r\n"
                                        + AUTHORIZED
                                        + "Connection: close\r\n\r\n");
        assertEquals(List.of(400), answers);
        assertEquals(1, running.calls.live.size());
    }

    @Test
    void a_body_does_not_either() throws Exception {
        var refused = running.ask("DELETE", "/calls", "{\"call\": \"7f3\"}");
        assertEquals(400, refused.statusCode());
        assertEquals(1, running.calls.live.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/sessions", "/metrics", "/nowhere"})
    void malformed_chunks_are_refused_wherever_they_come(String path) throws Exception {
        var answers =
                new RawRequest(running.server.port())
                        .exchange(
                                "GET "
                                        + path
                                        + " HTTP/1.1\r\n"
                                        + AUTHORIZED
                                        + chunked("+5\r\nhello\r\n0\r\n\r\n")
                                        + SMUGGLED);
        assertEquals(List.of(400), answers);
        assertEquals(1, running.calls.live.size());
    }

    @Test
    void without_a_token_nothing_of_the_body_is_read() throws Exception {
        var answers =
                new RawRequest(running.server.port())
                        .exchange(
                                "POST /calls HTTP/1.1\r\nHost: x\r\n"
                                        + chunked("+5\r\nhello\r\n0\r\n\r\n")
                                        + SMUGGLED);
        assertEquals(List.of(401), answers);
        assertEquals(1, running.calls.live.size());
    }
}
