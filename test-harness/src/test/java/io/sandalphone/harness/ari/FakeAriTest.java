package io.sandalphone.harness.ari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.telephony.asterisk.ari.AriSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Plays calls that were also played on Asterisk 22.10.1 (the `.jsonl` files beside this test, one
/// event a line as it came) and compares.
class FakeAriTest {
    private static final String DESTINATION = "sp-k1-dst";
    private static final String EXTERNAL_MEDIA =
            "/channels/externalMedia?app=sandalphone&external_host=127.0.0.1:4000&format=ulaw"
                    + "&channelId=";

    private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    private final List<JsonObject> events = new ArrayList<>();
    private Vertx vertx;
    private HttpClient http;
    private WebSocketClient webSockets;
    private FakeAri fake;
    private String caller = "";

    @BeforeEach
    void listen() {
        vertx = Vertx.vertx();
        http = vertx.createHttpClient();
        webSockets = vertx.createWebSocketClient();
        fake = FakeAri.start();
        var uri = fake.settings().uri();
        webSockets
                .connect(
                        new WebSocketConnectOptions()
                                .setHost(uri.getHost())
                                .setPort(uri.getPort())
                                .setURI("/ari/events?app=sandalphone&subscribeAll=false")
                                .putHeader("Authorization", authorization(fake.settings())))
                .onSuccess(
                        socket ->
                                socket.textMessageHandler(
                                        text -> received.add(new JsonObject(text))))
                .await();
        fake.awaitConnection();
    }

    @AfterEach
    void close() {
        webSockets.close().await();
        vertx.close().await();
        fake.close();
    }

    private static String authorization(AriSettings settings) {
        var credentials = settings.user() + ":" + settings.password().reveal();
        return "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private record Answer(int status, Buffer body) {}

    private Answer request(String method, String path, JsonObject body) {
        var uri = fake.settings().uri();
        return http.request(
                        new RequestOptions()
                                .setMethod(HttpMethod.valueOf(method))
                                .setHost(uri.getHost())
                                .setPort(uri.getPort())
                                .setURI("/ari" + path)
                                .putHeader("Authorization", authorization(fake.settings())))
                // The body is asked for on the client's own context: from here it may have passed.
                .compose(request -> request.send(body.toBuffer()).compose(FakeAriTest::whole))
                .await();
    }

    private static Future<Answer> whole(HttpClientResponse response) {
        return response.body().map(bytes -> new Answer(response.statusCode(), bytes));
    }

    private int request(String method, String path) {
        return request(method, path, new JsonObject()).status();
    }

    /// Takes events until one fits.
    private void await(Predicate<JsonObject> condition) {
        try {
            JsonObject event;
            do {
                event =
                        Objects.requireNonNull(
                                received.poll(10, TimeUnit.SECONDS), "no event within 10 s");
                events.add(event);
            } while (!condition.test(event));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void await(String type, String channel) {
        await(event -> event.getString("type").equals(type) && subject(event).equals(channel));
    }

    private static String subject(JsonObject event) {
        for (var key : List.of("channel", "peer", "bridge")) {
            if (event.containsKey(key)) {
                return event.getJsonObject(key).getString("id");
            }
        }
        throw new AssertionError("about nothing: " + event);
    }

    /// The call as it was played on Asterisk, up to where the destination is told to dial.
    private void dial() {
        caller = fake.inboundCall("+15550001111");
        await("StasisStart", caller);
        var variable = "/channels/" + caller + "/variable?variable=";
        request("POST", variable + "SP_CALL&value=k1");
        request("POST", "/bridges?type=mixing,proxy_media&bridgeId=sp-k1-main");
        request(
                "POST",
                "/channels/create?app=sandalphone&endpoint=PJSIP/49@voipms&appArgs=dest,k1"
                        + "&channelId="
                        + DESTINATION,
                variables("SP_CALL", "k1", "SP_ROLE", "dst"));
        await("StasisStart", DESTINATION);
        request("POST", "/bridges/sp-k1-main/addChannel?channel=" + caller + "," + DESTINATION);
        pushHangupHandler(caller, DESTINATION);
        pushHangupHandler(DESTINATION, caller);
        request("POST", "/channels/" + DESTINATION + "/dial?caller=" + caller + "&timeout=30");
    }

    private void pushHangupHandler(String channel, String other) {
        var name =
                request(
                                "GET",
                                "/channels/" + other + "/variable?variable=CHANNEL(name)",
                                new JsonObject())
                        .body()
                        .toJsonObject()
                        .getString("value");
        request(
                "POST",
                ("/channels/%s/variable?variable=CHANNEL(hangup_handler_wipe)"
                                + "&value=sp-hangup,s,1(%s)")
                        .formatted(channel, name));
    }

    private static JsonObject variables(String... pairs) {
        var variables = new JsonObject();
        for (var n = 0; n < pairs.length; n += 2) {
            variables.put(pairs[n], pairs[n + 1]);
        }
        return new JsonObject().put("variables", variables);
    }

    private void attachAudio() {
        for (var leg : Map.of("caller", caller, "dst", DESTINATION).entrySet()) {
            request(
                    "POST",
                    ("/channels/%s/snoop/sp-k1-snoop-%s?spy=in&whisper=out&app=sandalphone"
                                    + "&appArgs=snoop,%s")
                            .formatted(leg.getValue(), leg.getKey(), leg.getKey()));
            await("StasisStart", "sp-k1-snoop-" + leg.getKey());
            externalMedia("sp-k1-em-" + leg.getKey(), variables("SP_CALL", "k1"));
        }
        externalMedia("sp-k1-anchor", new JsonObject());
        for (var leg : List.of("caller", "dst")) {
            request("POST", "/bridges?type=mixing,proxy_media&bridgeId=sp-k1-br-" + leg);
            request(
                    "POST",
                    "/bridges/sp-k1-br-%s/addChannel?channel=sp-k1-snoop-%s,sp-k1-em-%s"
                            .formatted(leg, leg, leg));
        }
        request("POST", "/bridges/sp-k1-main/addChannel?channel=sp-k1-anchor");
    }

    private void externalMedia(String id, JsonObject body) {
        request("POST", EXTERNAL_MEDIA + id, body);
        await("StasisStart", id);
    }

    private void sweep() {
        for (var id : List.of("sp-k1-em-caller", "sp-k1-em-dst", "sp-k1-anchor")) {
            request("DELETE", "/channels/" + id);
        }
        for (var id : List.of("sp-k1-br-caller", "sp-k1-br-dst", "sp-k1-main")) {
            request("DELETE", "/bridges/" + id);
        }
    }

    private static List<JsonObject> recording(String name) {
        try (var file =
                FakeAriTest.class.getResourceAsStream("asterisk-22.10.1-" + name + ".jsonl")) {
            var text =
                    new String(
                            Objects.requireNonNull(file, name).readAllBytes(),
                            StandardCharsets.UTF_8);
            return text.lines().map(JsonObject::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What happened to each channel and bridge, in order. What happens to different ones overlaps
    /// in Asterisk, and the state of a dial comes now before and now after that of its channel.
    private static Map<String, List<String>> stories(List<JsonObject> events) {
        var first = subject(events.getFirst());
        var stories = new TreeMap<String, List<String>>();
        for (var event : events) {
            var type = event.getString("type");
            var about = subject(event).equals(first) ? "caller" : subject(event);
            var dial = type.equals("Dial");
            var line = new ArrayList<String>(List.of(type));
            if (event.containsKey("channel")) {
                line.add(event.getJsonObject("channel").getString("state"));
            }
            for (var key :
                    List.of(
                            "args",
                            "variable",
                            "dialstatus",
                            "cause",
                            "cause_txt",
                            "tech_cause",
                            "soft")) {
                if (event.containsKey(key)) {
                    line.add(key + "=" + event.getValue(key));
                }
            }
            if (event.containsKey("bridge")) {
                var bridge = event.getJsonObject("bridge");
                line.add(bridge.getString("id"));
            }
            stories.computeIfAbsent(dial ? about + " dial" : about, _ -> new ArrayList<>())
                    .add(String.join(" ", line));
        }
        return stories;
    }

    /// The names of all fields, by type of event.
    private static Map<String, Set<String>> fields(List<JsonObject> events) {
        var fields = new LinkedHashMap<String, Set<String>>();
        events.forEach(
                event ->
                        collect(
                                "",
                                event,
                                fields.computeIfAbsent(
                                        event.getString("type"), _ -> new TreeSet<>())));
        return fields;
    }

    private static void collect(String prefix, JsonObject json, Set<String> names) {
        json.forEach(
                entry -> {
                    names.add(prefix + entry.getKey());
                    if (entry.getValue() instanceof JsonObject inner) {
                        collect(prefix + entry.getKey() + ".", inner, names);
                    }
                });
    }

    @Test
    void a_call_that_the_caller_ends_is_told_as_asterisk_tells_it() {
        dial();
        fake.ring(DESTINATION);
        fake.answer(DESTINATION);
        await(
                event ->
                        event.getString("type").equals("ChannelStateChange")
                                && subject(event).equals(caller));
        attachAudio();
        fake.hangUp(caller, 16);
        await("ChannelDestroyed", caller);
        sweep();
        await("BridgeDestroyed", "sp-k1-main");

        var recorded = recording("call");
        assertEquals(text(stories(recorded)), text(stories(events)));
        assertEquals(fields(recorded), fields(events));
        assertEquals(List.of(), fake.channels());
        assertEquals(Map.of(), fake.bridges());
    }

    @Test
    void a_call_to_a_busy_phone_is_told_as_asterisk_tells_it() {
        dial();
        fake.ring(DESTINATION);
        fake.hangUp(DESTINATION, 17);
        await("ChannelDestroyed", DESTINATION);
        assertEquals(204, request("DELETE", "/channels/" + caller + "?reason_code=17"));
        request("DELETE", "/bridges/sp-k1-main");
        await("BridgeDestroyed", "sp-k1-main");

        // The recording is of a dialplan that hung the caller up by itself, without the cause; what
        // is told of the busy phone is the same.
        var recorded = stories(recording("busy"));
        var told = stories(events);
        recorded.remove("caller");
        told.remove("caller");
        assertEquals(text(recorded), text(told));
    }

    private static String text(Map<String, List<String>> stories) {
        var text = new StringBuilder();
        stories.forEach(
                (about, lines) ->
                        text.append(about)
                                .append(":\n  ")
                                .append(String.join("\n  ", lines))
                                .append("\n"));
        return text.toString();
    }

    @Test
    void requests_that_make_no_sense_are_refused_as_asterisk_refuses_them() {
        caller = fake.inboundCall("+15550001111");
        request("POST", "/bridges?bridgeId=b");
        var create = "/channels/create?app=sandalphone&channelId=" + DESTINATION;
        var media = "/channels/externalMedia?app=sandalphone&external_host=127.0.0.1:4000";
        request("POST", create + "&endpoint=PJSIP/49@voipms");
        await("StasisStart", DESTINATION);

        var refusals = new LinkedHashMap<String, Integer>();
        refusals.put("GET /channels/nope", 404);
        refusals.put("DELETE /channels/nope", 404);
        refusals.put("POST /channels/nope/snoop/s?spy=in", 404);
        refusals.put("GET /bridges/nope", 404);
        refusals.put("DELETE /bridges/nope", 404);
        refusals.put("POST /bridges?bridgeId=b", 409);
        refusals.put("POST " + create, 400);
        refusals.put("POST " + create + "&endpoint=PJSIP/49@voipms", 409);
        refusals.put("POST " + media, 400);
        refusals.put("POST " + media + "&format=ulaw&channelId=" + DESTINATION, 500);
        refusals.put("POST /channels/" + caller + "/snoop/s?spy=zzz", 400);
        refusals.put("POST /channels/" + caller + "/snoop/" + DESTINATION + "?spy=in", 500);
        refusals.put("POST /channels/" + caller + "/dial", 409);
        refusals.put("GET /channels/" + caller + "/variable", 400);
        refusals.put("GET /channels/" + caller + "/variable?variable=NOPE", 404);
        refusals.put("GET /channels/" + caller + "/variable?variable=NOPE(x)", 500);
        refusals.put("POST /bridges/b/addChannel", 400);
        refusals.put("POST /bridges/b/addChannel?channel=nope", 400);
        refusals.put("POST /bridges/nope/addChannel?channel=" + caller, 404);
        refusals.put("POST /bridges/b/removeChannel?channel=" + caller, 422);
        refusals.put("PUT /channels", 405);
        refusals.put("GET /nope", 404);

        var answers = new LinkedHashMap<String, Integer>();
        refusals.keySet()
                .forEach(
                        refused -> {
                            var words = refused.split(" ", 2);
                            answers.put(refused, request(words[0], words[1]));
                        });
        assertEquals(refusals, answers);
    }

    @Test
    void external_media_receives_at_the_port_it_tells() throws IOException {
        var answer = request("POST", EXTERNAL_MEDIA + "em", new JsonObject());
        var told = answer.body().toJsonObject().getJsonObject("channelvars");

        try (var sender =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            sender.send(
                    new DatagramPacket(
                            new byte[] {1, 2, 3},
                            3,
                            InetAddress.getByName(told.getString("UNICASTRTP_LOCAL_ADDRESS")),
                            Integer.parseInt(told.getString("UNICASTRTP_LOCAL_PORT"))));
            var received = new DatagramPacket(new byte[100], 100);
            fake.media("em").receive(received);
            assertEquals(3, received.getLength());
        }
    }

    @Test
    void the_anchor_makes_a_softmix_and_its_leaving_unmakes_it() {
        dial();
        externalMedia("sp-k1-anchor", new JsonObject());
        request("POST", "/bridges/sp-k1-main/addChannel?channel=sp-k1-anchor");
        assertEquals("softmix", technology());

        request("POST", "/bridges/sp-k1-main/removeChannel?channel=sp-k1-anchor");
        assertEquals("simple_bridge", technology());
    }

    private String technology() {
        return request("GET", "/bridges/sp-k1-main", new JsonObject())
                .body()
                .toJsonObject()
                .getString("technology");
    }

    @Test
    void a_call_for_an_application_nobody_listens_to_is_refused() {
        fake.dropWebSocket();
        fake.awaitNoConnections();

        assertThrows(IllegalStateException.class, () -> fake.inboundCall("+15550001111"));
    }
}
