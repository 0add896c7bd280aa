package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Bridge;
import ch.loway.oss.ari4java.generated.models.Channel;
import ch.loway.oss.ari4java.generated.models.RTPstat;
import ch.loway.oss.ari4java.generated.models.Variable;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.asterisk.ari.AriConnection;
import io.sandalphone.telephony.asterisk.ari.AriException;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What we ask of Asterisk, request by request (sheet asterisk-ari, sections 1 to 4). Each answer
/// comes home to the context that asked. Fails with [AriException].
final class AriCommands {
    private final AriConnection ari;
    private final String application;

    AriCommands(AriConnection ari, String application) {
        this.ari = ari;
        this.application = application;
    }

    /// Makes a channel that rings nobody yet. It enters Stasis at once, in state Down.
    Future<Channel> createLeg(
            String id, String endpoint, String originator, Map<String, String> variables) {
        return ari.send(
                Channel.class,
                (actions, answer) -> {
                    var request =
                            actions.channels()
                                    .create(endpoint, application)
                                    .setChannelId(id)
                                    .setAppArgs("leg")
                                    .setVariables(variables);
                    if (!originator.isEmpty()) {
                        request.setOriginator(originator);
                    }
                    request.execute(answer);
                });
    }

    /// Rings a channel made by [#createLeg]. `caller` is the channel on whose behalf, or empty.
    Future<@Nullable Void> dial(String id, String caller, Duration ring) {
        return ari.send(
                (actions, answer) -> {
                    var request =
                            actions.channels()
                                    .dial(id)
                                    .setTimeout(Math.toIntExact(ring.toSeconds()));
                    if (!caller.isEmpty()) {
                        request.setCaller(caller);
                    }
                    request.execute(answer);
                });
    }

    /// Lets a channel leave Stasis and go on at the start of a context of the dialplan.
    Future<@Nullable Void> continueAt(String id, String context) {
        return ari.send(
                (actions, answer) ->
                        actions.channels()
                                .continueInDialplan(id)
                                .setContext(context)
                                .setExtension("s")
                                .setPriority(1)
                                .execute(answer));
    }

    /// Hears `target` alone, and speaks to it alone.
    Future<Channel> snoop(String target, String id) {
        return ari.send(
                Channel.class,
                (actions, answer) ->
                        actions.channels()
                                .snoopChannelWithId(target, id, application)
                                .setSpy("in")
                                .setWhisper("out")
                                .setAppArgs("private")
                                .execute(answer));
    }

    /// Mu-law RTP between Asterisk and `host`.
    Future<Channel> externalMedia(
            String id, InetSocketAddress host, Map<String, String> variables) {
        String address = host.getAddress().getHostAddress() + ":" + host.getPort();
        return ari.send(
                Channel.class,
                (actions, answer) ->
                        actions.channels()
                                .externalMedia(application, address, "ulaw")
                                .setChannelId(id)
                                .setVariables(variables)
                                .execute(answer));
    }

    Future<Bridge> createBridge(String id) {
        return ari.send(
                Bridge.class,
                (actions, answer) ->
                        actions.bridges()
                                .createWithId(id)
                                .setType("mixing,proxy_media")
                                .execute(answer));
    }

    Future<@Nullable Void> addToBridge(String bridge, String... channels) {
        return ari.send(
                (actions, answer) ->
                        actions.bridges()
                                .addChannel(bridge, String.join(",", channels))
                                .execute(answer));
    }

    Future<@Nullable Void> removeFromBridge(String bridge, String channel) {
        return ari.send(
                (actions, answer) ->
                        actions.bridges().removeChannel(bridge, channel).execute(answer));
    }

    Future<@Nullable Void> set(String channel, String variable, String value) {
        return ari.send(
                (actions, answer) ->
                        actions.channels()
                                .setChannelVar(channel, variable)
                                .setValue(value)
                                .execute(answer));
    }

    Future<RTPstat> rtpStatistics(String channel) {
        return ari.send(
                RTPstat.class,
                (actions, answer) -> actions.channels().rtpstatistics(channel).execute(answer));
    }

    /// A global variable of the dialplan; empty when there is none of that name.
    Future<String> globalVariable(String name) {
        return ari.send(
                        Variable.class,
                        (actions, answer) -> actions.asterisk().getGlobalVar(name).execute(answer))
                .map(variable -> Objects.requireNonNullElse(variable.getValue(), ""));
    }

    Future<List<Channel>> channels() {
        return ari.sendForList(
                Channel.class, (actions, answer) -> actions.channels().list().execute(answer));
    }

    Future<List<Bridge>> bridges() {
        return ari.sendForList(
                Bridge.class, (actions, answer) -> actions.bridges().list().execute(answer));
    }

    /// Hangs a channel up. One that is not there any more counts as hung up.
    Future<@Nullable Void> hangUp(String channel, HangupCause cause) {
        Future<@Nullable Void> sent =
                ari.send(
                        (actions, answer) ->
                                actions.channels()
                                        .hangup(channel)
                                        .setReason_code(Integer.toString(cause.q850()))
                                        .execute(answer));
        return sent.recover(AriCommands::goneIsDone);
    }

    /// Removes a bridge. One that is not there any more counts as removed.
    Future<@Nullable Void> removeBridge(String bridge) {
        Future<@Nullable Void> sent =
                ari.send((actions, answer) -> actions.bridges().destroy(bridge).execute(answer));
        return sent.recover(AriCommands::goneIsDone);
    }

    private static Future<@Nullable Void> goneIsDone(Throwable failure) {
        return failure instanceof AriException ari && ari.status() == 404
                ? Future.succeededFuture()
                : Future.failedFuture(failure);
    }
}
