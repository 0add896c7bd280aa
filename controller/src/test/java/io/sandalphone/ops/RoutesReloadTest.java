package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.routing.NumbersFile;
import io.sandalphone.routing.RouteTable;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `POST /routes/reload` over HTTP.
class RoutesReloadTest {
    private static final String PATH = "/routes/reload";
    private static final String ONE = "dids:\n  \"+12125550001\": {service: echo}\n";

    @TempDir private Path folder;
    private volatile RouteTable used = new RouteTable(Map.of());
    private Path path;
    private RunningServer running;

    @BeforeEach
    void start() throws Exception {
        path = Files.writeString(folder.resolve("numbers.yaml"), "dids: {}\n");
        var reload =
                new NumbersReload(
                        Numbers.file(path),
                        NumbersFile.Check.NONE,
                        routes -> used = routes,
                        NumbersMeters.register(new SimpleMeterRegistry()));
        reload.begin();
        running = new RunningServer(reload);
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @Test
    void a_right_file_is_used_at_once() throws Exception {
        Files.writeString(path, ONE);
        var answer = running.ask("POST", PATH, "");
        assertEquals(200, answer.statusCode());
        assertEquals("{\"numbers\":1,\"routes\":1}\n", answer.body());
        assertTrue(used.find("+12125550001").isPresent());
    }

    @Test
    void a_key_that_is_perhaps_mistyped_is_told() throws Exception {
        Files.writeString(path, ONE.replace("echo", "echo, hour: none"));
        JsonObject told = new JsonObject(running.ask("POST", PATH, "").body());
        assertEquals(1, told.getInteger("numbers"));
        assertEquals(
                new JsonObject()
                        .put("key", path + ":2: dids.\"+12125550001\".hour")
                        .put("found", "an unknown key, which is kept in extra")
                        .put("expected", "hours (did you mean that?)"),
                told.getJsonArray("warnings").getJsonObject(0));
    }

    @Test
    void a_wrong_file_is_told_with_its_mistakes_and_changes_nothing() throws Exception {
        Files.writeString(path, ONE + "    agent: nobody\n");
        RouteTable before = used;
        var answer = running.ask("POST", PATH, "");
        assertEquals(422, answer.statusCode());
        assertEquals(before, used);

        Files.writeString(path, ONE.replace("echo", "sing"));
        JsonObject told = new JsonObject(running.ask("POST", PATH, "").body());
        assertEquals(
                path + ":2: dids.\"+12125550001\".service",
                told.getJsonArray("details").getJsonObject(0).getString("key"));
        assertEquals(before, used);
    }

    @Test
    void nobody_reads_it_without_the_token() throws Exception {
        Files.writeString(path, ONE);
        assertEquals(401, running.send("POST", PATH, "").statusCode());
        assertEquals(401, running.send("POST", PATH, "", "Authorization", "Bearer x").statusCode());
        assertEquals(0, used.size());
    }

    @Test
    void it_is_asked_for_by_post_alone() throws Exception {
        assertEquals(405, running.ask("GET", PATH, "").statusCode());
    }

    @Test
    void a_raw_request_without_a_body_is_enough() throws Exception {
        Files.writeString(path, ONE);
        assertEquals(
                List.of(200),
                new RawRequest(running.server.port())
                        .exchange(
                                "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
                                        .formatted(PATH, RunningServer.TOKEN)));
    }

    @Test
    void a_gateway_without_a_numbers_file_says_so() throws Exception {
        try (var none = new RunningServer("127.0.0.1", false)) {
            assertEquals(404, none.ask("POST", PATH, "").statusCode());
        }
    }
}
