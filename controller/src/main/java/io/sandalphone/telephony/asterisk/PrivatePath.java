package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Channel;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.media.rtp.MediaPort;
import io.sandalphone.telephony.LegAudio;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What stands beside one leg: a snoop that hears it and whispers to it, and an ExternalMedia
/// channel, in a bridge of their own.
///
/// It is built once; when it is lost another one takes its place. Once it is closed, whatever was
/// still under way removes its own channels and does nothing else. Runs on the call's loop.
final class PrivatePath implements LegAudio {
    private final Leg leg;
    private final Ids ids;
    private final AriCommands ari;
    private final Resources resources;
    private final StasisTracker stasis;
    private final MediaLoop media;
    private final String external;
    private final String bridge;
    private String snoop;
    // The one that is being built to take its place.
    private @Nullable String nextSnoop;
    private boolean built;
    private boolean closed;
    private MediaPort.@Nullable Stream stream;
    private FrameSink watch = _ -> {};
    private Runnable onLost = () -> {};
    private FrameSink ears = _ -> {};

    PrivatePath(
            Leg leg,
            Ids ids,
            AriCommands ari,
            Resources resources,
            StasisTracker stasis,
            MediaLoop media) {
        this.leg = leg;
        this.ids = ids;
        this.ari = ari;
        this.resources = resources;
        this.stasis = stasis;
        this.media = media;
        snoop = ids.next("snoop");
        external = ids.next("media");
        bridge = ids.next("private");
    }

    /// Builds it; completes when the leg can be heard and spoken to. `watch` is given all that is
    /// heard, whether or not anybody else wants to hear it. `onLost` is run when the sound is lost to
    /// a fault of our own.
    Future<Void> build(FrameSink watch, Runnable onLost) {
        this.watch = watch;
        this.onLost = onLost;
        Future<?> bridged = resources.bridge(bridge, () -> ari.createBridge(bridge));
        Future<?> snooped = buildSnoop(snoop);
        Future<Channel> created =
                resources.channel(
                        external,
                        () -> ari.externalMedia(external, media.port().localAddress(), Map.of()));
        // Its answer alone says where Asterisk sends from.
        Future<?> opened = created.map(this::open);
        Future<?> connected = Future.all(opened, stasis.await(external, created));
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

    /// Puts a new snoop in the place of the one that went deaf, which stays until the new one is
    /// there. Fails when that does not come about; then all is as it was.
    Future<Void> rebuildSnoop() {
        String fresh = ids.next("snoop");
        nextSnoop = fresh;
        return buildSnoop(fresh)
                .compose(_ -> ari.addToBridge(bridge, fresh))
                .<Void>mapEmpty()
                .onComplete(result -> replaced(fresh, result));
    }

    private void replaced(String fresh, AsyncResult<Void> result) {
        nextSnoop = null;
        String unwanted = fresh;
        if (result.succeeded() && !closed) {
            unwanted = snoop;
            snoop = fresh;
        }
        resources.discard(List.of(unwanted), List.of());
    }

    /// Whether the path needs this channel to live.
    boolean needs(String channel) {
        return !closed && (channel.equals(snoop) || channel.equals(external));
    }

    /// Whether all of it is among these channels.
    boolean standsIn(Set<String> channels) {
        return channels.contains(snoop) && channels.contains(external);
    }

    /// Closes our end and discards Asterisk's. The leg's voice comes back to its full level.
    void close() {
        forget();
        var _ = leg.voice.rise();
        List<String> channels = new ArrayList<>(List.of(snoop, external));
        if (nextSnoop != null) {
            channels.add(nextSnoop);
        }
        resources.discard(channels, List.of(bridge));
    }

    /// Closes our end alone.
    void forget() {
        closed = true;
        watch = _ -> {};
        ears = _ -> {};
        if (stream != null) {
            stream.close();
        }
    }

    private Future<?> buildSnoop(String id) {
        Future<Channel> created = resources.channel(id, () -> ari.snoop(leg.channel, id));
        return stasis.await(id, created);
    }

    private Channel open(Channel channel) {
        if (!closed) {
            MediaPort.Stream opened = media.port().open(address(channel), this::lost);
            stream = opened;
            opened.hear(this::heard);
        }
        return channel;
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
    public String carrier() {
        return AsteriskCarrier.NAME;
    }

    @Override
    public void hear(FrameSink ears) {
        if (!closed) {
            this.ears = ears;
        }
    }

    private void heard(AudioFrame frame) {
        watch.accept(frame);
        ears.accept(frame);
    }

    @Override
    public void speak(FrameSource mouth, Runnable drained) {
        stream().speak(mouth, drained);
    }

    @Override
    public void stop() {
        if (!closed) {
            stream().stop();
        }
    }

    @Override
    public void duck(double decibels) {
        if (!closed) {
            leg.voice.sink(decibels);
        }
    }

    @Override
    public void restore() {
        if (!closed) {
            leg.voice.riseWhenHeard();
        }
    }
}
