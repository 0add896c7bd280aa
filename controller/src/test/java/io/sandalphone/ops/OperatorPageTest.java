package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.web.HttpReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.regex.Pattern;

class OperatorPageTest {
    private RunningServer running;

    @BeforeEach
    void start() throws Exception {
        running = new RunningServer("127.0.0.1", true);
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/page/page.css, text/css; charset=utf-8",
        "/page/app.js, text/javascript; charset=utf-8",
        "/page/feed.js, text/javascript; charset=utf-8",
        "/page/board.js, text/javascript; charset=utf-8",
        "/page/row.js, text/javascript; charset=utf-8"
    })
    void the_page_and_its_files_need_no_token_and_tell_nothing(String path, String type)
            throws Exception {
        running.calls.live.add(FakeCalls.call("7f3", 0));
        var answer = running.send("GET", path, "");
        assertEquals(200, answer.statusCode());
        assertEquals(type, header(answer, "Content-Type"));
        assertFalse(answer.body().contains("7f3"), answer.body());
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
        assertEquals("no-referrer", header(answer, "Referrer-Policy"));
        String policy = header(answer, "Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'none';"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals(405, running.ask("POST", path, "").statusCode());
        assertEquals(200, running.send("HEAD", path, "").statusCode());
    }

    @Test
    void nothing_in_the_page_needs_what_the_policy_forbids() throws Exception {
        String page = running.send("GET", "/", "").body();
        assertFalse(Pattern.compile("<style|style=|<script>|\\son[a-z]+=").matcher(page).find());
        for (String file : new String[] {"app.js", "feed.js", "board.js", "row.js"}) {
            String script = running.send("GET", "/page/" + file, "").body();
            assertFalse(script.contains("innerHTML"), file);
            assertFalse(script.contains("insertAdjacentHTML"), file);
        }
    }

    @ParameterizedTest
    @CsvSource({"/page", "/page/secret.js", "/page/app.js/x"})
    void what_is_no_file_of_the_page_needs_the_token(String path) throws Exception {
        assertEquals(401, running.send("GET", path, "").statusCode());
        assertEquals(404, running.ask("GET", path, "").statusCode());
    }

    @Test
    void what_it_shows_is_one_document_for_another_dashboard_too() throws Exception {
        running.calls.live.add(FakeCalls.call("7f3", 0));
        assertEquals(401, running.send("GET", "/dashboard", "").statusCode());
        var answer = running.ask("GET", "/dashboard", "");
        assertEquals(200, answer.statusCode());
        HttpReference.fits("Dashboard", answer.body());
        assertTrue(answer.body().startsWith("{\"version\":1,"), answer.body());
        assertTrue(answer.body().contains("\"id\":\"7f3\""), answer.body());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
