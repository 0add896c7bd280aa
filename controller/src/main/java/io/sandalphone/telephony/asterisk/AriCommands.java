package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Bridge;
import ch.loway.oss.ari4java.generated.models.Channel;
import ch.loway.oss.ari4java.generated.models.RTPstat;

import io.sandalphone.telephony.HangupCause;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What we ask of Asterisk, request by request. No method blocks, and each answer comes home to the
/// loop that asked. Requests run side by side: one that depends on another waits for its answer, and
/// the events a request causes may come before its answer.
///
/// Fails with [io.sandalphone.telephony.asterisk.ari.AriException]: not found, when what the request is
/// about does not exist (any more); without an answer, when nobody knows whether Asterisk did it. Then
/// it may be sent again: what is done already counts as done. Only channels are made once: a second
/// request to make or dial one fails, and dialling twice ends the channel.
interface AriCommands {
    /// Makes a channel that rings nobody yet. It enters Stasis at once, in state Down.
    Future<Channel> createLeg(
            String id, String endpoint, String originator, Map<String, String> variables);

    /// Rings a channel made by [#createLeg], in nobody's name: given a caller, Asterisk would show what
    /// it knows of them instead of what the channel was made with.
    Future<@Nullable Void> dial(String id, Duration ring);

    /// Makes a channel that goes to the start of a context of the dialplan once it is answered. Given up
    /// after ten seconds without an answer.
    Future<Channel> originate(
            String id, String endpoint, String context, Map<String, String> variables);

    /// Has Asterisk tell us what happens to a channel that is not in Stasis, until it ends.
    Future<@Nullable Void> subscribe(String channel);

    /// Lets a channel leave Stasis and go on at the start of a context of the dialplan. One that has
    /// left Stasis counts as having gone on.
    Future<@Nullable Void> continueAt(String id, String context);

    /// Hears `target` alone, and speaks to it alone.
    Future<Channel> snoop(String target, String id);

    /// Mu-law RTP between Asterisk and `host`. Fails with status 503, and is not asked for, when there
    /// is no port for it.
    Future<Channel> externalMedia(String id, InetSocketAddress host, Map<String, String> variables);

    /// Makes a bridge that mixes and whose media passes through Asterisk. One that is there already
    /// counts as made.
    Future<@Nullable Void> createBridge(String id);

    /// Puts channels into a bridge, out of any that they are in. One that is in this bridge already
    /// leaves it and comes in again, within the same request.
    Future<@Nullable Void> addToBridge(String bridge, String... channels);

    /// Sets a variable or a dialplan function of a channel.
    Future<@Nullable Void> set(String channel, String variable, String value);

    /// How the packets of a channel with RTP of its own are numbered and lost.
    Future<RTPstat> rtpStatistics(String channel);

    /// A variable of a channel, or of the whole dialplan as a channel sees it.
    Future<String> variable(String channel, String name);

    /// Every channel there is.
    Future<List<Channel>> channels();

    /// Every bridge there is.
    Future<List<Bridge>> bridges();

    /// Hangs a channel up. One that is not there any more counts as hung up.
    Future<@Nullable Void> hangUp(String channel, HangupCause cause);

    /// Removes a bridge. One that is not there any more counts as removed, and so does one that Asterisk is dissolving.
    Future<@Nullable Void> removeBridge(String bridge);
}
