package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.ari_10_0_0.models.Bridge_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.ChannelDestroyed_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.ChannelDtmfReceived_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.ChannelHangupRequest_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.ChannelHold_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.ChannelStateChange_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.ChannelUnhold_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.Channel_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.Dial_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.DialplanCEP_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.RTPstat_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.StasisEnd_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.ari_10_0_0.models.StasisStart_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.models.Bridge;
import ch.loway.oss.ari4java.generated.models.Channel;
import ch.loway.oss.ari4java.generated.models.Message;
import ch.loway.oss.ari4java.generated.models.RTPstat;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.asterisk.ari.AriException;
import io.sandalphone.time.VirtualLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// An Asterisk in virtual time: channels and bridges that behave as far as a call needs them. Each
/// request is carried out a millisecond after it was sent and answered a millisecond later, unless
/// a test has something happen to it.
///
/// A request is written `add sp-7f3-main 171.1,sp-7f3-destination`: the method, then what was given.
final class FakeAsterisk implements AriCommands {
    /// After which an unanswered request counts as failed.
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final int NORMAL_CLEARING = 16;

    final List<String> requests = new ArrayList<>();
    final Map<String, FakeChannel> channels = new LinkedHashMap<>();
    final Map<String, Set<String>> bridges = new LinkedHashMap<>();

    private final VirtualLoop loop;
    private final List<Trouble> troubles = new ArrayList<>();
    private Consumer<Message> listener = _ -> {};
    private int port = 10_000;

    /// One channel.
    static final class FakeChannel {
        final String id;
        final String name;
        final Map<String, String> variables = new LinkedHashMap<>();
        final List<String> hangupHandlers = new ArrayList<>();
        String state;
        boolean inStasis;
        String continuedAt = "";
        String endpoint = "";
        @Nullable String bridge;
        @Nullable String snoopsOn;
        String stasisArguments = "";
        long ssrc;
        int lost;
        int received;

        FakeChannel(String id, String state) {
            this.id = id;
            this.name = "PJSIP/voipms-" + id;
            this.state = state;
        }

        /// Where it sends RTP from, when it is an ExternalMedia channel.
        Optional<InetSocketAddress> rtp() {
            return Optional.ofNullable(variables.get("UNICASTRTP_LOCAL_PORT"))
                    .map(
                            port ->
                                    new InetSocketAddress(
                                            InetAddress.getLoopbackAddress(),
                                            Integer.parseInt(port)));
        }
    }

    /// What happens to requests, once or more often.
    static final class Trouble {
        private final Pattern request;
        private final boolean carriedOut;
        private final Duration carriedOutAfter;
        private final Duration answerAfter;
        private final int status;
        private int left;
        private int fired;

        Trouble(
                String request,
                int times,
                boolean carriedOut,
                Duration carriedOutAfter,
                Duration answerAfter,
                int status) {
            this.request = Pattern.compile(request);
            this.left = times;
            this.carriedOut = carriedOut;
            this.carriedOutAfter = carriedOutAfter;
            this.answerAfter = answerAfter;
            this.status = status;
        }

        /// How many requests it has happened to.
        int fired() {
            return fired;
        }

        /// It happens no more.
        void over() {
            left = 0;
        }
    }

    /// The answer to an operation that cannot be carried out.
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int status;

        Refused(int status) {
            this.status = status;
        }
    }

    /// The channel, which must be there.
    FakeChannel channel(String id) {
        return Objects.requireNonNull(channels.get(id), id);
    }

    FakeAsterisk(VirtualLoop loop) {
        this.loop = loop;
    }

    /// Where events go, in their order.
    void tell(Consumer<Message> listener) {
        this.listener = listener;
    }

    /// The next `times` such requests are carried out, and their answers are lost.
    Trouble lose(String request, int times) {
        return trouble(new Trouble(request, times, true, MOMENT, TIMEOUT, AriException.NO_ANSWER));
    }

    /// The next `times` such requests never arrive.
    Trouble drop(String request, int times) {
        return trouble(new Trouble(request, times, false, MOMENT, TIMEOUT, AriException.NO_ANSWER));
    }

    /// The next `times` such requests are refused.
    Trouble refuse(String request, int times, int status) {
        return trouble(new Trouble(request, times, false, MOMENT, MOMENT, status));
    }

    /// The next `times` such requests are carried out at once and answered after `answer`.
    Trouble answerLate(String request, int times, Duration answer) {
        return trouble(new Trouble(request, times, true, MOMENT, answer, 200));
    }

    /// The next `times` such requests wait in Asterisk for `wait`, and nobody waits for the answer.
    Trouble carryOutLate(String request, int times, Duration wait) {
        return trouble(new Trouble(request, times, true, wait, TIMEOUT, AriException.NO_ANSWER));
    }

    private Trouble trouble(Trouble trouble) {
        troubles.add(trouble);
        return trouble;
    }

    /// How often such a request was sent.
    long asked(String request) {
        var pattern = Pattern.compile(request);
        return requests.stream().filter(sent -> pattern.matcher(sent).matches()).count();
    }

    private <T extends @Nullable Object> Future<T> answer(String request, Supplier<T> operation) {
        requests.add(request);
        Promise<T> promise = Promise.promise();
        Optional<Trouble> hit =
                troubles.stream()
                        .filter(trouble -> trouble.left > 0)
                        .filter(trouble -> trouble.request.matcher(request).matches())
                        .findFirst();
        if (hit.isEmpty()) {
            loop.schedule(MOMENT, () -> carryOut(request, operation, promise));
            return promise.future();
        }
        Trouble trouble = hit.get();
        trouble.left--;
        trouble.fired++;
        if (trouble.carriedOut && trouble.status == 200) {
            Promise<T> done = Promise.promise();
            loop.schedule(trouble.carriedOutAfter, () -> carryOut(request, operation, done));
            loop.schedule(trouble.answerAfter, () -> done.future().onComplete(promise));
            return promise.future();
        }
        if (trouble.carriedOut) {
            loop.schedule(
                    trouble.carriedOutAfter, () -> carryOut(request, operation, Promise.promise()));
        }
        loop.schedule(
                trouble.answerAfter,
                () -> promise.fail(new AriException(trouble.status, request, null)));
        return promise.future();
    }

    private <T extends @Nullable Object> void carryOut(
            String request, Supplier<T> operation, Promise<T> promise) {
        try {
            T result = operation.get();
            loop.schedule(MOMENT, () -> promise.complete(result));
        } catch (Refused refused) {
            loop.schedule(
                    MOMENT, () -> promise.fail(new AriException(refused.status, request, refused)));
        }
    }

    private FakeChannel existing(String id, int otherwise) {
        FakeChannel channel = channels.get(id);
        if (channel == null) {
            throw new Refused(otherwise);
        }
        return channel;
    }

    /// A caller arrives and is given to the application.
    FakeChannel arrive(String id, String called) {
        var caller = new FakeChannel(id, "Ring");
        caller.inStasis = true;
        caller.stasisArguments = "inbound," + called;
        channels.put(id, caller);
        return caller;
    }

    /// The channels in a bridge.
    List<FakeChannel> members(String bridge) {
        return bridges.getOrDefault(bridge, Set.of()).stream()
                .flatMap(id -> Optional.ofNullable(channels.get(id)).stream())
                .toList();
    }

    /// All there is.
    Sweep.Inventory inventory() {
        return new Sweep.Inventory(
                channels.values().stream().map(this::model).toList(),
                bridges.keySet().stream().map(this::model).toList());
    }

    Channel model(FakeChannel channel) {
        var model = new Channel_impl_ari_10_0_0();
        model.setId(channel.id);
        model.setName(channel.name);
        model.setState(channel.state);
        var shown = new LinkedHashMap<String, Object>();
        List.of("SP_CALL", "SP_ROLE")
                .forEach(name -> shown.put(name, channel.variables.getOrDefault(name, "")));
        channel.variables.forEach(
                (name, value) -> {
                    if (name.startsWith("UNICASTRTP")) {
                        shown.put(name, value);
                    }
                });
        model.setChannelvars(shown);
        var place = new DialplanCEP_impl_ari_10_0_0();
        place.setApp_name(channel.inStasis ? "Stasis" : "AppDial2");
        place.setApp_data("sandalphone," + channel.stasisArguments);
        model.setDialplan(place);
        return model;
    }

    private void enterStasisSoon(FakeChannel channel) {
        loop.schedule(
                MOMENT.multipliedBy(3),
                () -> {
                    if (channels.containsValue(channel)) {
                        channel.inStasis = true;
                        var start = new StasisStart_impl_ari_10_0_0();
                        start.setArgs(List.of(channel.stasisArguments.split(",", -1)));
                        start.setChannel(model(channel));
                        listener.accept(start);
                    }
                });
    }

    /// The phone rings.
    void ring(String id) {
        state(id, "Ringing");
    }

    /// The phone is answered; so is the other in its bridge of two.
    void answer(String id) {
        state(id, "Up");
        String bridge = existing(id, 404).bridge;
        if (bridge != null) {
            Set<String> members = bridges.getOrDefault(bridge, Set.of());
            if (members.size() == 2) {
                members.stream()
                        .filter(member -> !member.equals(id))
                        .forEach(other -> state(other, "Up"));
            }
        }
    }

    private void state(String id, String state) {
        FakeChannel channel = existing(id, 404);
        if (!channel.state.equals(state)) {
            channel.state = state;
            var change = new ChannelStateChange_impl_ari_10_0_0();
            change.setChannel(model(channel));
            listener.accept(change);
        }
    }

    /// The phone puts us on hold, or takes us off it again.
    void hold(String id, boolean onHold) {
        if (onHold) {
            var hold = new ChannelHold_impl_ari_10_0_0();
            hold.setChannel(model(existing(id, 404)));
            listener.accept(hold);
        } else {
            var unhold = new ChannelUnhold_impl_ari_10_0_0();
            unhold.setChannel(model(existing(id, 404)));
            listener.accept(unhold);
        }
    }

    /// The party presses a key.
    void press(String id, char key) {
        var pressed = new ChannelDtmfReceived_impl_ari_10_0_0();
        pressed.setChannel(model(existing(id, 404)));
        pressed.setDigit(String.valueOf(key));
        listener.accept(pressed);
    }

    /// The party hangs up, or its phone refuses.
    void end(String id, int cause) {
        FakeChannel channel = existing(id, 404);
        var request = new ChannelHangupRequest_impl_ari_10_0_0();
        request.setChannel(model(channel));
        request.setCause(cause);
        listener.accept(request);
        remove(channel, cause);
    }

    private void remove(FakeChannel channel, int cause) {
        channels.remove(channel.id);
        leaveBridge(channel);
        var end = new StasisEnd_impl_ari_10_0_0();
        end.setChannel(model(channel));
        listener.accept(end);
        List.copyOf(channels.values()).stream()
                .filter(snoop -> channel.id.equals(snoop.snoopsOn))
                .forEach(snoop -> remove(snoop, NORMAL_CLEARING));
        if (channel.snoopsOn == null) {
            var destroyed = new ChannelDestroyed_impl_ari_10_0_0();
            destroyed.setChannel(model(channel));
            destroyed.setCause(cause);
            listener.accept(destroyed);
        }
    }

    private void leaveBridge(FakeChannel channel) {
        if (channel.bridge != null) {
            bridges.getOrDefault(channel.bridge, new LinkedHashSet<>()).remove(channel.id);
            channel.bridge = null;
        }
    }

    @Override
    public Future<Channel> createLeg(
            String id, String endpoint, String originator, Map<String, String> variables) {
        return answer(
                "create " + id,
                () -> {
                    FakeChannel channel = made(id, "Down");
                    channel.stasisArguments = "leg";
                    channel.endpoint = endpoint;
                    channel.variables.putAll(variables);
                    return model(channel);
                });
    }

    private FakeChannel made(String id, String state) {
        if (channels.containsKey(id)) {
            throw new Refused(500);
        }
        var channel = new FakeChannel(id, state);
        channels.put(id, channel);
        enterStasisSoon(channel);
        return channel;
    }

    @Override
    public Future<@Nullable Void> dial(String id, Duration ring) {
        return answer(
                "dial " + id,
                () -> {
                    FakeChannel channel = existing(id, 404);
                    if (!channel.state.equals("Down")) {
                        throw new Refused(409);
                    }
                    var dial = new Dial_impl_ari_10_0_0();
                    dial.setPeer(model(channel));
                    dial.setDialstatus("");
                    listener.accept(dial);
                    return null;
                });
    }

    /// It stays Down; who it dials, and what becomes of it, is for the test to say.
    @Override
    public Future<Channel> originate(
            String id, String endpoint, String context, Map<String, String> variables) {
        return answer(
                "originate " + id,
                () -> {
                    if (channels.containsKey(id)) {
                        throw new Refused(500);
                    }
                    var channel = new FakeChannel(id, "Down");
                    channel.endpoint = endpoint;
                    channel.continuedAt = context;
                    channel.variables.putAll(variables);
                    channels.put(id, channel);
                    return model(channel);
                });
    }

    @Override
    public Future<@Nullable Void> subscribe(String channel) {
        return answer(
                "subscribe " + channel,
                () -> {
                    existing(channel, 404);
                    return null;
                });
    }

    @Override
    public Future<@Nullable Void> continueAt(String id, String context) {
        return answer(
                "continue " + id + " " + context,
                () -> {
                    FakeChannel channel = existing(id, 404);
                    if (channel.inStasis) {
                        channel.inStasis = false;
                        channel.continuedAt = context;
                        var end = new StasisEnd_impl_ari_10_0_0();
                        end.setChannel(model(channel));
                        listener.accept(end);
                    }
                    return null;
                });
    }

    @Override
    public Future<Channel> snoop(String target, String id) {
        return answer(
                "snoop " + target + " " + id,
                () -> {
                    existing(target, 404);
                    FakeChannel channel = made(id, "Up");
                    channel.snoopsOn = target;
                    channel.stasisArguments = "private";
                    return model(channel);
                });
    }

    @Override
    public Future<Channel> externalMedia(
            String id, InetSocketAddress host, Map<String, String> variables) {
        return answer(
                "media " + id,
                () -> {
                    FakeChannel channel = made(id, "Up");
                    channel.variables.put("UNICASTRTP_LOCAL_ADDRESS", "127.0.0.1");
                    channel.variables.put("UNICASTRTP_LOCAL_PORT", Integer.toString(port += 2));
                    return model(channel);
                });
    }

    @Override
    public Future<@Nullable Void> createBridge(String id) {
        return answer(
                "bridge " + id,
                () -> {
                    bridges.putIfAbsent(id, new LinkedHashSet<>());
                    return null;
                });
    }

    Bridge model(String bridge) {
        var model = new Bridge_impl_ari_10_0_0();
        model.setId(bridge);
        model.setChannels(List.copyOf(bridges.getOrDefault(bridge, Set.of())));
        return model;
    }

    @Override
    public Future<@Nullable Void> addToBridge(String bridge, String... added) {
        return answer(
                "add " + bridge + " " + String.join(",", added),
                () -> {
                    if (!bridges.containsKey(bridge)) {
                        throw new Refused(404);
                    }
                    for (String id : added) {
                        if (!existing(id, 404).inStasis) {
                            throw new Refused(422);
                        }
                    }
                    for (String id : added) {
                        FakeChannel channel = existing(id, 404);
                        leaveBridge(channel);
                        channel.bridge = bridge;
                        bridges.get(bridge).add(id);
                    }
                    return null;
                });
    }

    @Override
    public Future<@Nullable Void> set(String id, String variable, String value) {
        return answer(
                "set " + id + " " + variable + "=" + value,
                () -> {
                    FakeChannel channel = existing(id, 404);
                    channel.variables.put(variable, value);
                    return null;
                });
    }

    @Override
    public Future<String> variable(String id, String name) {
        return answer(
                "get " + id + " " + name, () -> existing(id, 404).variables.getOrDefault(name, ""));
    }

    @Override
    public Future<RTPstat> rtpStatistics(String id) {
        return answer(
                "rtp " + id,
                () -> {
                    FakeChannel channel = existing(id, 404);
                    var statistics = new RTPstat_impl_ari_10_0_0();
                    statistics.setRemote_ssrc(channel.ssrc);
                    statistics.setRxploss(channel.lost);
                    statistics.setRxcount(channel.received);
                    return statistics;
                });
    }

    @Override
    public Future<List<Channel>> channels() {
        return answer("channels", () -> channels.values().stream().map(this::model).toList());
    }

    @Override
    public Future<List<Bridge>> bridges() {
        return answer("bridges", () -> bridges.keySet().stream().map(this::model).toList());
    }

    @Override
    public Future<@Nullable Void> hangUp(String id, HangupCause cause) {
        return answer(
                "hangup " + id + " " + cause,
                () -> {
                    FakeChannel channel = channels.get(id);
                    if (channel != null) {
                        remove(channel, cause.q850());
                    }
                    return null;
                });
    }

    @Override
    public Future<@Nullable Void> removeBridge(String id) {
        return answer(
                "destroy " + id,
                () -> {
                    Set<String> members = bridges.remove(id);
                    if (members != null) {
                        members.forEach(
                                member -> {
                                    FakeChannel channel = channels.get(member);
                                    if (channel != null) {
                                        channel.bridge = null;
                                    }
                                });
                    }
                    return null;
                });
    }
}
