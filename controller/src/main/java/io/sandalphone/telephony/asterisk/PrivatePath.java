package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Channel;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.media.rtp.MediaPort;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegAudio;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What stands beside one leg: a snoop that hears it and whispers to it, and an ExternalMedia
/// channel, in a bridge of their own (docs/decisions/0001). Runs on the call's loop.
final class PrivatePath implements LegAudio {
    private final String leg;
    private final Ids ids;
    private final AriCommands ari;
    private final Resources resources;
    private final StasisTracker arriving;
    private final MediaLoop media;
    private final Ducking ducking;
    private final SilenceWatch silence = new SilenceWatch();
    private final String external;
    private final String bridge;
    private String snoop;
    private Runnable onSuspiciousSilence = () -> {};
    private Runnable onLost = () -> {};
    private boolean built;
    private boolean closed;
    private MediaPort.@Nullable Stream stream;
    private FrameSink ears = _ -> {};

    PrivatePath(
            String leg,
            Ids ids,
            AriCommands ari,
            Resources resources,
            StasisTracker arriving,
            MediaLoop media) {
        this.leg = leg;
        this.ids = ids;
        this.ari = ari;
        this.resources = resources;
        this.arriving = arriving;
        this.media = media;
        ducking = new Ducking(media.loop(), ari, leg);
        snoop = ids.next("snoop");
        external = ids.next("media");
        bridge = ids.next("private");
    }

    /// Builds it; completes when the leg can be heard and spoken to. From then on `onSuspiciousSilence`
    /// is run when the leg sounds as if Asterisk did not hear it, and `onLost` when its sound is lost
    /// to a fault of our own.
    Future<Void> build(Runnable onSuspiciousSilence, Runnable onLost) {
        this.onSuspiciousSilence = onSuspiciousSilence;
        this.onLost = onLost;
        Future<?> bridged = resources.bridge(bridge, () -> ari.createBridge(bridge));
        Future<?> snooped = buildSnoop();
        Future<?> connected =
                resources
                        .channel(
                                external,
                                () ->
                                        ari.externalMedia(
                                                external, media.port().localAddress(), Map.of()))
                        .map(this::open)
                        .compose(_ -> arriving.await(external));
        return Future.all(bridged, snooped, connected)
                .compose(_ -> ari.addToBridge(bridge, snoop, external))
                .onSuccess(_ -> built = true);
    }

    boolean closed() {
        return closed;
    }

    /// Whether it was built and is not closed.
    boolean stands() {
        return built && !closed;
    }

    /// Puts a new snoop in the place of the one that went deaf.
    Future<Void> rebuildSnoop() {
        String deaf = snoop;
        snoop = ids.next("snoop");
        return buildSnoop()
                .compose(_ -> ari.addToBridge(bridge, snoop))
                .eventually(() -> resources.remove(List.of(deaf), List.of(), HangupCause.NORMAL));
    }

    /// Whether the path needs this channel to live.
    boolean needs(String channel) {
        return !closed && (channel.equals(snoop) || channel.equals(external));
    }

    /// Whether all of it is among these channels.
    boolean standsIn(Set<String> channels) {
        return channels.contains(snoop) && channels.contains(external);
    }

    /// Closes our end and removes Asterisk's; completes when the leg's voice is at its full level too.
    Future<Boolean> close() {
        closed = true;
        if (stream != null) {
            stream.close();
        }
        Future<Void> risen = ducking.rise();
        return resources
                .remove(List.of(snoop, external), List.of(bridge), HangupCause.NORMAL)
                .compose(removed -> risen.map(removed));
    }

    private Future<Void> buildSnoop() {
        String id = snoop;
        return resources.channel(id, () -> ari.snoop(leg, id)).compose(_ -> arriving.await(id));
    }

    private MediaPort.Stream open(Channel channel) {
        MediaPort.Stream opened = media.port().open(address(channel), this::lost);
        stream = opened;
        // Whether or not anybody wants to hear the leg: the other party does.
        opened.hear(this::heard);
        if (closed) {
            opened.close();
        }
        return opened;
    }

    private void lost() {
        if (!closed) {
            onLost.run();
        }
    }

    /// Where Asterisk receives for this channel, and where it sends from.
    static InetSocketAddress address(Channel channel) {
        if (!(channel.getChannelvars() instanceof Map<?, ?> variables)) {
            throw new IllegalStateException("externalMedia answered without channelvars");
        }
        String host = String.valueOf(variables.get("UNICASTRTP_LOCAL_ADDRESS"));
        String port = String.valueOf(variables.get("UNICASTRTP_LOCAL_PORT"));
        return new InetSocketAddress(host, Integer.parseInt(port));
    }

    private MediaPort.Stream stream() {
        if (stream == null) {
            throw new IllegalStateException("the private path is not built yet");
        }
        return stream;
    }

    @Override
    public void hear(FrameSink ears) {
        this.ears = ears;
    }

    private void heard(AudioFrame frame) {
        if (silence.suspicious(frame.pcm())) {
            onSuspiciousSilence.run();
        }
        ears.accept(frame);
    }

    @Override
    public void speak(FrameSource mouth, Runnable drained) {
        stream().speak(mouth, drained);
    }

    @Override
    public void duck() {
        ducking.sink();
    }

    @Override
    public void restore() {
        Future<Void> _ = ducking.rise();
    }
}
