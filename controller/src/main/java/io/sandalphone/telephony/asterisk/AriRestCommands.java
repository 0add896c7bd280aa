package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Application;
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

/// [AriCommands] as requests over one ARI connection. Each answer comes home to the Vert.x context
/// that asked.
final class AriRestCommands implements AriCommands {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int ORIGINATE_SECONDS = 10;

    private final AriConnection ari;
    private final String application;
    private final FreePorts ports;

    AriRestCommands(AriConnection ari, String application, FreePorts ports) {
        this.ari = ari;
        this.application = application;
        this.ports = ports;
    }

    @Override
    public Future<Channel> createLeg(
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

    @Override
    public Future<@Nullable Void> dial(String id, Duration ring) {
        return ari.send(
                (actions, answer) ->
                        actions.channels()
                                .dial(id)
                                .setTimeout(Math.toIntExact(ring.toSeconds()))
                                .execute(answer));
    }

    @Override
    public Future<Channel> originate(
            String id, String endpoint, String context, Map<String, String> variables) {
        return ari.send(
                Channel.class,
                (actions, answer) ->
                        actions.channels()
                                .originate(endpoint)
                                .setChannelId(id)
                                .setContext(context)
                                .setExtension("s")
                                .setPriority(1)
                                .setTimeout(ORIGINATE_SECONDS)
                                .setVariables(variables)
                                .execute(answer));
    }

    @Override
    public Future<@Nullable Void> subscribe(String channel) {
        Future<Application> sent =
                ari.send(
                        Application.class,
                        (actions, answer) ->
                                actions.applications()
                                        .subscribe(application, "channel:" + channel)
                                        .execute(answer));
        return sent.<@Nullable Void>mapEmpty().recover(AriRestCommands::sourceNotFound);
    }

    /// Asterisk calls it unprocessable when a channel to subscribe to does not exist
    /// (res/ari/resource_applications.c).
    private static Future<@Nullable Void> sourceNotFound(Throwable failure) {
        return Future.failedFuture(
                failure instanceof AriException ari && ari.status() == UNPROCESSABLE
                        ? new AriException(NOT_FOUND, String.valueOf(ari.getMessage()), ari)
                        : failure);
    }

    @Override
    public Future<@Nullable Void> continueAt(String id, String context) {
        return granting(
                ari.send(
                        (actions, answer) ->
                                actions.channels()
                                        .continueInDialplan(id)
                                        .setContext(context)
                                        .setExtension("s")
                                        .setPriority(1)
                                        .execute(answer)),
                CONFLICT);
    }

    @Override
    public Future<Channel> snoop(String target, String id) {
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

    @Override
    public Future<Channel> externalMedia(
            String id, InetSocketAddress host, Map<String, String> variables) {
        String address = host.getAddress().getHostAddress() + ":" + host.getPort();
        return ports.ask(
                () ->
                        ari.send(
                                Channel.class,
                                (actions, answer) ->
                                        actions.channels()
                                                .externalMedia(application, address, "ulaw")
                                                .setChannelId(id)
                                                .setVariables(variables)
                                                .execute(answer)));
    }

    @Override
    public Future<@Nullable Void> createBridge(String id) {
        Future<Bridge> sent =
                ari.send(
                        Bridge.class,
                        (actions, answer) ->
                                actions.bridges()
                                        .createWithId(id)
                                        .setType("mixing,proxy_media")
                                        .execute(answer));
        return granting(sent.mapEmpty(), CONFLICT);
    }

    @Override
    public Future<@Nullable Void> addToBridge(String bridge, String... channels) {
        Future<@Nullable Void> sent =
                ari.send(
                        (actions, answer) ->
                                actions.bridges()
                                        .addChannel(bridge, String.join(",", channels))
                                        // Neither sees who the other one is: it would go out
                                        // by SIP.
                                        .setInhibitConnectedLineUpdates(true)
                                        .execute(answer));
        return sent.recover(AriRestCommands::channelNotFound);
    }

    @Override
    public Future<@Nullable Void> set(String channel, String variable, String value) {
        return ari.send(
                (actions, answer) ->
                        actions.channels()
                                .setChannelVar(channel, variable)
                                .setValue(value)
                                .execute(answer));
    }

    @Override
    public Future<RTPstat> rtpStatistics(String channel) {
        return ari.send(
                RTPstat.class,
                (actions, answer) -> actions.channels().rtpstatistics(channel).execute(answer));
    }

    @Override
    public Future<String> variable(String channel, String name) {
        return ari.send(
                        Variable.class,
                        (actions, answer) ->
                                actions.channels().getChannelVar(channel, name).execute(answer))
                .map(variable -> Objects.requireNonNullElse(variable.getValue(), ""));
    }

    @Override
    public Future<List<Channel>> channels() {
        return ari.sendForList(
                Channel.class, (actions, answer) -> actions.channels().list().execute(answer));
    }

    @Override
    public Future<List<Bridge>> bridges() {
        return ari.sendForList(
                Bridge.class, (actions, answer) -> actions.bridges().list().execute(answer));
    }

    @Override
    public Future<@Nullable Void> hangUp(String channel, HangupCause cause) {
        return granting(
                ari.send(
                        (actions, answer) ->
                                actions.channels()
                                        .hangup(channel)
                                        .setReason_code(Integer.toString(cause.q850()))
                                        .execute(answer)),
                NOT_FOUND);
    }

    @Override
    public Future<@Nullable Void> removeBridge(String bridge) {
        Future<@Nullable Void> sent =
                ari.send((actions, answer) -> actions.bridges().destroy(bridge).execute(answer));
        // "Bridge not in Stasis application": it has been removed, and Asterisk knows it until the
        // last channel has left it (find_bridge, res/ari/resource_bridges.c).
        return granting(granting(sent, NOT_FOUND), CONFLICT);
    }

    /// Asterisk calls it a bad request when a channel that is to be added does not exist
    /// (res/ari/resource_bridges.c).
    private static Future<@Nullable Void> channelNotFound(Throwable failure) {
        return Future.failedFuture(
                failure instanceof AriException ari && ari.status() == BAD_REQUEST
                        ? new AriException(NOT_FOUND, String.valueOf(ari.getMessage()), ari)
                        : failure);
    }

    /// A request whose answer `status` says that there is nothing left to do.
    private static Future<@Nullable Void> granting(Future<@Nullable Void> sent, int status) {
        return sent.recover(
                failure ->
                        failure instanceof AriException ari && ari.status() == status
                                ? Future.succeededFuture()
                                : Future.failedFuture(failure));
    }
}
