package io.sandalphone.harness.ari;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Asterisk's channels and bridges as ARI shows them: what each request answers, and which events
/// follow in which order, as recorded from Asterisk 22.10.1. Knows no network and no clock but the
/// wall's; whoever hosts it calls it from one thread.
final class FakeSwitch {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

    /// A hangup handler as the dialplan knows it: `context,exten,priority(channel name)`.
    private static final Pattern HANGUP_HANDLER = Pattern.compile(".*\\((.*)\\)");

    private static final int NORMAL_CLEARING = 16;

    /// The cause in the event when a hangup is asked for from outside the call (Asterisk's own).
    private static final int SOFT_HANGUP = 32;

    private static final Map<Integer, String> CAUSE_TEXTS =
            Map.of(
                    1,
                    "Unallocated (unassigned) number",
                    NORMAL_CLEARING,
                    "Normal Clearing",
                    17,
                    "User busy",
                    19,
                    "User alerting, no answer",
                    21,
                    "Call Rejected",
                    34,
                    "Circuit/channel congestion",
                    38,
                    "Network out of order");
    private static final Map<Integer, Integer> SIP_STATUS =
            Map.of(1, 404, 17, 486, 19, 480, 21, 603, 34, 503);

    private final BiConsumer<String, JsonObject> events;
    private final Consumer<Runnable> later;
    private final Map<String, FakeChannel> channels = new LinkedHashMap<>();
    private final Map<String, FakeBridge> bridges = new LinkedHashMap<>();
    private final List<String> continued = new ArrayList<>();
    private int channelNumber;
    private int snoopNumber;

    /// @param events where events go: the application's name and the event
    /// @param later runs what happens a moment later, on the same thread
    FakeSwitch(BiConsumer<String, JsonObject> events, Consumer<Runnable> later) {
        this.events = events;
        this.later = later;
    }

    Reply answer(RecordedRequest request) {
        var path = List.of(request.path().substring(1).split("/", -1));
        return switch (path.getFirst()) {
            case "applications" -> applications(request, path);
            case "channels" -> channels(request, path);
            case "bridges" -> bridges(request, path);
            default -> Reply.error(404, "Resource not found");
        };
    }

    private Reply applications(RecordedRequest request, List<String> path) {
        if (!request.method().equals("GET") || path.size() != 2) {
            return Reply.error(404, "Resource not found");
        }
        var application = path.get(1);
        return Reply.of(
                new JsonObject()
                        .put("name", application)
                        .put(
                                "channel_ids",
                                new JsonArray(
                                        channels.values().stream()
                                                .filter(c -> c.application.equals(application))
                                                .map(c -> c.id)
                                                .sorted()
                                                .toList()))
                        .put(
                                "bridge_ids",
                                new JsonArray(
                                        bridges.values().stream()
                                                .filter(b -> b.subscribers.contains(application))
                                                .map(b -> b.id)
                                                .sorted()
                                                .toList()))
                        .put("endpoint_ids", new JsonArray())
                        .put("device_names", new JsonArray())
                        .put("events_allowed", new JsonArray())
                        .put("events_disallowed", new JsonArray()));
    }

    private Reply channels(RecordedRequest request, List<String> path) {
        var route = request.method() + (path.size() > 2 ? " " + path.get(2) : "");
        if (path.size() == 1) {
            return request.method().equals("GET")
                    ? Reply.of(list(channels.values().stream().map(FakeChannel::json).toList()))
                    : Reply.error(405, "Invalid method");
        }
        var id = path.get(1);
        if (request.method().equals("POST") && path.size() == 2) {
            return switch (id) {
                case "create" -> create(request);
                case "externalMedia" -> externalMedia(request);
                default -> Reply.error(404, "Resource not found");
            };
        }
        var channel = channels.get(id);
        if (channel == null) {
            return Reply.error(
                    404,
                    route.equals("POST snoop") || route.equals("GET variable")
                            ? "Provided channel was not found"
                            : "Channel not found");
        }
        return switch (route) {
            case "GET" -> Reply.of(channel.json());
            case "DELETE" -> {
                var code = request.parameter("reason_code");
                softHangUp(channel, code.isEmpty() ? NORMAL_CLEARING : Integer.parseInt(code));
                yield Reply.DONE;
            }
            case "POST continue" -> continueAt(channel, request.parameter("context"));
            case "POST dial" -> dial(channel);
            case "POST answer" -> {
                enter(channel, FakeChannel.State.UP);
                yield Reply.DONE;
            }
            case "POST ring", "DELETE ring" -> Reply.DONE;
            case "POST snoop" ->
                    snoop(
                            channel,
                            path.size() > 3 ? path.get(3) : request.parameter("snoopId"),
                            request);
            case "POST variable" -> setVariable(channel, request);
            case "GET variable" -> variable(channel, request.parameter("variable"));
            default -> Reply.error(404, "Resource not found");
        };
    }

    private Reply create(RecordedRequest request) {
        var endpoint = request.parameter("endpoint");
        var id = request.parameter("channelId");
        if (endpoint.isEmpty()) {
            return Reply.error(400, "Endpoint must be specified");
        }
        if (channels.containsKey(id)) {
            return Reply.error(409, "Channel with given unique ID already exists");
        }
        var channel =
                add(
                        id,
                        sipName(),
                        FakeChannel.State.DOWN,
                        request.parameter("app"),
                        args(request),
                        "s");
        channel.dialString = endpoint.substring(endpoint.indexOf('/') + 1);
        variables(request).forEach((name, value) -> set(channel, name, value));
        later.accept(() -> enterStasis(channel));
        return Reply.of(channel.json());
    }

    private Reply externalMedia(RecordedRequest request) {
        var id = request.parameter("channelId");
        var host = request.parameter("external_host");
        if (host.isEmpty()) {
            return Reply.error(400, "external_host cannot be empty");
        }
        if (request.parameter("format").isEmpty()) {
            return Reply.error(400, "format cannot be empty");
        }
        if (channels.containsKey(id)) {
            return internalError();
        }
        var media = socket();
        var channel =
                add(
                        id,
                        "UnicastRTP/" + host + "-0x" + Integer.toHexString(++channelNumber),
                        FakeChannel.State.DOWN,
                        request.parameter("app"),
                        List.of(),
                        "s");
        channel.media = media;
        channel.dialString = host + "/c(" + request.parameter("format") + ")";
        // The application does not hear of this channel yet.
        channel.variables.putAll(variables(request));
        later.accept(
                () -> {
                    if (channels.containsValue(channel)) {
                        dialEvent(channel, "");
                        enter(channel, FakeChannel.State.UP);
                        dialEvent(channel, "ANSWER");
                        enterStasis(channel);
                    }
                });
        var json = channel.json();
        json.getJsonObject("channelvars")
                .put("UNICASTRTP_LOCAL_PORT", String.valueOf(media.getLocalPort()))
                .put("UNICASTRTP_LOCAL_ADDRESS", media.getLocalAddress().getHostAddress());
        return Reply.of(json);
    }

    private Reply snoop(FakeChannel target, String id, RecordedRequest request) {
        if (!List.of("", "none", "in", "out", "both").contains(request.parameter("spy"))) {
            return Reply.error(400, "Invalid direction specified for spy");
        }
        if (channels.containsKey(id)) {
            return Reply.error(500, "Snoop channel could not be created");
        }
        var snoop =
                add(
                        id,
                        "Snoop/%s-%08x".formatted(target.id, snoopNumber++),
                        FakeChannel.State.UP,
                        request.parameter("app"),
                        args(request),
                        "s");
        snoop.snoopsOn = target.id;
        later.accept(() -> enterStasis(snoop));
        return Reply.of(snoop.json());
    }

    /// What the dialplan does with it is no business of the application's any more.
    private Reply continueAt(FakeChannel channel, String context) {
        if (!channel.inStasis) {
            return Reply.error(409, "Channel not in Stasis application");
        }
        continued.add(channel.id + " " + context);
        channels.remove(channel.id);
        leaveBridge(channel);
        emit(channel, event("StasisEnd"));
        return Reply.DONE;
    }

    List<String> continued() {
        return List.copyOf(continued);
    }

    private Reply dial(FakeChannel channel) {
        if (channel.state != FakeChannel.State.DOWN) {
            return Reply.error(409, "Channel is not in the 'Down' state");
        }
        dialEvent(channel, "");
        return Reply.DONE;
    }

    private Reply variable(FakeChannel channel, String name) {
        if (name.isEmpty()) {
            return Reply.error(400, "Variable name is required");
        }
        var value = name.equals("CHANNEL(name)") ? channel.name : channel.variables.get(name);
        if (value == null) {
            return name.contains("(")
                    ? Reply.error(500, "Unable to read provided function")
                    : Reply.error(404, "Provided variable was not found");
        }
        return Reply.of(new JsonObject().put("value", value));
    }

    private Reply setVariable(FakeChannel channel, RecordedRequest request) {
        var name = request.parameter("variable");
        if (name.isEmpty()) {
            return Reply.error(400, "Variable name is required");
        }
        set(channel, name, request.parameter("value"));
        return Reply.DONE;
    }

    private Reply bridges(RecordedRequest request, List<String> path) {
        if (path.size() == 1) {
            return switch (request.method()) {
                case "GET" ->
                        Reply.of(list(bridges.values().stream().map(FakeBridge::json).toList()));
                case "POST" -> createBridge(request.parameter("bridgeId"));
                default -> Reply.error(405, "Invalid method");
            };
        }
        if (path.size() == 2 && request.method().equals("POST")) {
            return createBridge(path.get(1));
        }
        var bridge = bridges.get(path.get(1));
        if (bridge == null) {
            return Reply.error(404, "Bridge not found");
        }
        var route = request.method() + (path.size() > 2 ? " " + path.get(2) : "");
        return switch (route) {
            case "GET" -> Reply.of(bridge.json());
            case "DELETE" -> {
                List.copyOf(bridge.channels)
                        .forEach(id -> leaveBridge(Objects.requireNonNull(channels.get(id))));
                bridges.remove(bridge.id);
                emit(bridge, event("BridgeDestroyed"));
                yield Reply.DONE;
            }
            case "POST addChannel" -> addChannels(bridge, request.parameter("channel"));
            case "POST removeChannel" -> removeChannels(bridge, request.parameter("channel"));
            default -> Reply.error(404, "Resource not found");
        };
    }

    private Reply createBridge(String id) {
        if (bridges.containsKey(id)) {
            return Reply.error(409, "Bridge with id '" + id + "' already exists");
        }
        var bridge = new FakeBridge(id, now());
        bridges.put(id, bridge);
        return Reply.of(bridge.json());
    }

    private Reply addChannels(FakeBridge bridge, String ids) {
        if (ids.isEmpty()) {
            return Reply.error(400, "Missing parameter channel");
        }
        var added = new ArrayList<FakeChannel>();
        for (var id : ids.split(",", -1)) {
            var channel = channels.get(id);
            if (channel == null) {
                return Reply.error(400, "Channel not found");
            }
            if (!channel.inStasis) {
                return Reply.error(422, "Channel not in Stasis application");
            }
            added.add(channel);
        }
        added.forEach(channel -> enterBridge(channel, bridge));
        return Reply.DONE;
    }

    private Reply removeChannels(FakeBridge bridge, String ids) {
        for (var id : ids.split(",", -1)) {
            var channel = channels.get(id);
            if (channel == null) {
                return Reply.error(400, "Channel not found");
            }
            if (channel.bridge != bridge) {
                return Reply.error(422, "Channel not in this bridge");
            }
            leaveBridge(channel);
        }
        return Reply.DONE;
    }

    /// A call arrives on the trunk for `called` and is handed to the application.
    ///
    /// @return the channel's id, chosen as Asterisk does
    String inboundCall(String application, String called) {
        return inboundCall(application, application, called);
    }

    /// The same, of which `told` hears.
    String inboundCall(String told, String application, String called) {
        var id = Instant.now().getEpochSecond() + "." + channelNumber;
        var channel =
                add(
                        id,
                        sipName(),
                        FakeChannel.State.RING,
                        application,
                        List.of("inbound", called),
                        called);
        channel.inbound = true;
        if (told.equals(application)) {
            enterStasis(channel);
        } else {
            channel.inStasis = true;
        }
        return id;
    }

    /// The phone that was dialled begins to ring.
    void ring(String id) {
        var channel = channel(id);
        enter(channel, FakeChannel.State.RINGING);
        dialEvent(channel, "RINGING");
    }

    /// The phone that was dialled is answered. In a bridge of two Asterisk then answers the other.
    void answer(String id) {
        var channel = channel(id);
        enter(channel, FakeChannel.State.UP);
        dialEvent(channel, "ANSWER");
        if (channel.bridge != null && channel.bridge.channels.size() == 2) {
            for (var member : channel.bridge.channels) {
                enter(channel(member), FakeChannel.State.UP);
            }
        }
    }

    /// The party itself ends the call, or its phone refuses it, for a Q.850 cause.
    void hangUp(String id, int cause) {
        var channel = channel(id);
        var request = event("ChannelHangupRequest");
        if (cause != NORMAL_CLEARING) {
            request.put("cause", cause);
            putSipStatus(request, cause);
        }
        emit(channel, request);
        end(channel, cause);
    }

    /// The party presses a key.
    void dtmf(String id, String digit) {
        emit(channel(id), event("ChannelDtmfReceived").put("digit", digit).put("duration_ms", 100));
    }

    FakeChannel channel(String id) {
        var channel = channels.get(id);
        if (channel == null) {
            throw new IllegalArgumentException("no channel " + id + ", only " + channels.keySet());
        }
        return channel;
    }

    List<String> channelIds() {
        return List.copyOf(channels.keySet());
    }

    Map<String, List<String>> bridgeMembers() {
        var members = new LinkedHashMap<String, List<String>>();
        bridges.forEach((id, bridge) -> members.put(id, List.copyOf(bridge.channels)));
        return members;
    }

    /// Forgets everything without a word, as a process that was killed.
    void crash() {
        channels.values().forEach(FakeSwitch::closeMedia);
        channels.clear();
        bridges.clear();
    }

    /// Somebody asks for a hangup: ARI, or another channel's hangup handler.
    private void softHangUp(FakeChannel channel, int cause) {
        emit(channel, softHangupRequest(SOFT_HANGUP));
        end(channel, cause);
    }

    private static JsonObject softHangupRequest(int cause) {
        return event("ChannelHangupRequest").put("cause", cause).put("soft", true);
    }

    private void end(FakeChannel channel, int cause) {
        channels.remove(channel.id);
        closeMedia(channel);
        leaveBridge(channel);
        emit(channel, event("StasisEnd"));
        if (channel.inbound && channel.wasBridged) {
            // The dialplan's own Hangup(), which follows Stasis().
            emit(channel, softHangupRequest(NORMAL_CLEARING));
        }
        runHangupHandler(channel);
        List.copyOf(channels.values()).stream()
                .filter(snoop -> channel.id.equals(snoop.snoopsOn))
                .forEach(this::endSnoop);
        // A call that was never bridged is forgotten by the application when it leaves.
        if (channel.snoopsOn == null && (channel.wasBridged || !channel.inbound)) {
            var destroyed =
                    event("ChannelDestroyed")
                            .put("cause", cause)
                            .put("cause_txt", CAUSE_TEXTS.getOrDefault(cause, "Unknown"));
            putSipStatus(destroyed, cause);
            emit(channel, destroyed);
        }
    }

    private void endSnoop(FakeChannel snoop) {
        channels.remove(snoop.id);
        leaveBridge(snoop);
        emit(snoop, event("StasisEnd"));
    }

    /// The one handler our dialplan has: it hangs up the channel that it names, unless it is that of a
    /// destination that never answered.
    private void runHangupHandler(FakeChannel channel) {
        if (channel.state != FakeChannel.State.UP
                && !"caller".equals(channel.variables.get("SP_ROLE"))) {
            return;
        }
        var handler =
                HANGUP_HANDLER.matcher(
                        channel.variables.getOrDefault("CHANNEL(hangup_handler_wipe)", ""));
        if (handler.matches()) {
            List.copyOf(channels.values()).stream()
                    .filter(other -> other.name.equals(handler.group(1)))
                    .forEach(other -> softHangUp(other, NORMAL_CLEARING));
        }
    }

    private void enterStasis(FakeChannel channel) {
        if (channels.containsValue(channel)) {
            channel.inStasis = true;
            emit(channel, event("StasisStart").put("args", channel.argsJson()));
        }
    }

    private void enter(FakeChannel channel, FakeChannel.State state) {
        if (channel.state != state) {
            channel.state = state;
            emit(channel, event("ChannelStateChange"));
        }
    }

    private void enterBridge(FakeChannel channel, FakeBridge bridge) {
        // One that is in it already leaves it and comes in again.
        leaveBridge(channel);
        channel.bridge = bridge;
        channel.wasBridged = true;
        bridge.channels.add(channel.id);
        bridge.subscribers.add(channel.application);
        emit(channel, event("ChannelEnteredBridge").put("bridge", bridge.json()));
        bridge.settle();
    }

    private void leaveBridge(FakeChannel channel) {
        var bridge = channel.bridge;
        if (bridge != null) {
            channel.bridge = null;
            bridge.channels.remove(channel.id);
            emit(channel, event("ChannelLeftBridge").put("bridge", bridge.json()));
            bridge.settle();
        }
    }

    /// The `variables` of a request's body.
    private static Map<String, String> variables(RecordedRequest request) {
        var variables = new LinkedHashMap<String, String>();
        if (!request.body().isEmpty()) {
            var given = new JsonObject(request.body()).getJsonObject("variables");
            if (given != null) {
                given.forEach(entry -> variables.put(entry.getKey(), (String) entry.getValue()));
            }
        }
        return variables;
    }

    private void set(FakeChannel channel, String name, String value) {
        channel.variables.put(name, value);
        if (!name.contains("(")) {
            emit(channel, event("ChannelVarset").put("variable", name).put("value", value));
        }
    }

    private FakeChannel add(
            String id,
            String name,
            FakeChannel.State state,
            String application,
            List<String> args,
            String exten) {
        var channel = new FakeChannel(id, name, state, application, args, exten, now());
        channels.put(id, channel);
        return channel;
    }

    private void dialEvent(FakeChannel channel, String status) {
        events.accept(
                channel.application,
                event("Dial")
                        .put("dialstatus", status)
                        .put("forward", "")
                        .put("dialstring", channel.dialString)
                        .put("peer", channel.json()));
    }

    private void emit(FakeChannel channel, JsonObject event) {
        events.accept(channel.application, event.put("channel", channel.json()));
    }

    private void emit(FakeBridge bridge, JsonObject event) {
        bridge.subscribers.forEach(
                application -> events.accept(application, event.put("bridge", bridge.json())));
    }

    private String sipName() {
        return "PJSIP/voipms-%08x".formatted(channelNumber++);
    }

    private static List<String> args(RecordedRequest request) {
        var args = request.parameter("appArgs");
        return args.isEmpty() ? List.of() : List.of(args.split(",", -1));
    }

    private static void putSipStatus(JsonObject event, int cause) {
        var status = SIP_STATUS.get(cause);
        if (status != null) {
            event.put("tech_cause", status);
        }
    }

    private static JsonObject event(String type) {
        return new JsonObject().put("type", type).put("timestamp", now());
    }

    static String now() {
        return TIMESTAMP.format(Instant.now());
    }

    private static JsonArray list(List<JsonObject> items) {
        return new JsonArray(items);
    }

    private static Reply internalError() {
        return Reply.error(500, "An internal error prevented this request from being handled");
    }

    private static DatagramSocket socket() {
        try {
            return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeMedia(FakeChannel channel) {
        if (channel.media != null) {
            channel.media.close();
        }
    }
}
