package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Channel;

import io.sandalphone.media.rtp.MediaPort;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One attempt to attach our audio to a call: a private path beside each leg, and the anchor. It
/// attaches, and is lost or closed, once. What comes after that, late answers and deadlines
/// included, concerns nobody but the channels of this attempt. Runs on the call's loop.
final class AudioAttempt {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    // How long the end of one of our channels may turn out to be that of its leg, whose event is
    // still on its way.
    private static final Duration GRACE = Duration.ofMillis(500);

    /// Told what becomes of an attempt.
    interface Listener {
        void attached(AudioAttempt attempt);

        /// It attaches no more, or no longer. `why` is a short fixed word.
        void lost(AudioAttempt attempt, String why);

        void repairing(Leg leg);

        void refused(String step, Throwable failure);
    }

    private final Collection<Leg> legs;
    private final String mainBridge;
    private final String anchor;
    private final AriCommands ari;
    private final Resources resources;
    private final StasisTracker stasis;
    private final MediaLoop media;
    private final Loop loop;
    private final Listener listener;
    private final Map<Party, PrivatePath> paths = new EnumMap<>(Party.class);
    private Loop.Timer overdue = () -> {};
    private MediaPort.@Nullable Stream anchorStream;
    private boolean attached;
    private boolean over;

    AudioAttempt(
            Collection<Leg> legs,
            Ids ids,
            AriCommands ari,
            Resources resources,
            StasisTracker stasis,
            MediaLoop media,
            Listener listener) {
        this.legs = List.copyOf(legs);
        this.ari = ari;
        this.resources = resources;
        this.stasis = stasis;
        this.media = media;
        this.listener = listener;
        loop = media.loop();
        mainBridge = ids.main();
        anchor = ids.next("anchor");
        for (Leg leg : legs) {
            paths.put(leg.party, new PrivatePath(leg, ids, ari, resources, stasis, media));
        }
    }

    /// Builds all of it.
    void start() {
        List<Future<?>> building = new ArrayList<>();
        for (Leg leg : legs) {
            PrivatePath path = path(leg.party);
            var repair = new LegRepair(leg, mainBridge, path, loop, ari, repairs(leg));
            building.add(
                    path.build(
                            frame -> {
                                repair.heard(frame.pcm());
                                leg.sound.heard(frame.pcm(), loop.nanoTime());
                            },
                            () -> lost("stream-fault")));
            repair.start();
        }
        building.add(buildAnchor());
        overdue = loop.schedule(DEADLINE, () -> lost("attach-overdue"));
        Future.all(building)
                .onSuccess(_ -> built())
                .onFailure(
                        failure -> {
                            if (!over) {
                                listener.refused("attach", failure);
                                lost("attach-refused");
                            }
                        });
    }

    private PrivatePath path(Party party) {
        PrivatePath path = paths.get(party);
        if (path == null) {
            throw new IllegalStateException("no leg of the " + Ids.role(party));
        }
        return path;
    }

    /// The third member of the main bridge: with it Asterisk mixes, and whispers need no packets
    /// from the other party. What it hears goes nowhere.
    private Future<?> buildAnchor() {
        Future<Channel> created =
                resources
                        .channel(
                                anchor,
                                () ->
                                        ari.externalMedia(
                                                anchor, media.sink().localAddress(), Map.of()))
                        .onSuccess(this::openAnchor);
        return stasis.await(anchor, created).compose(_ -> ari.addToBridge(mainBridge, anchor));
    }

    /// So that nobody else on this host can speak to both people through it.
    private void openAnchor(Channel channel) {
        if (!over) {
            anchorStream = media.sink().open(PrivatePath.address(channel), () -> {});
        }
    }

    private void built() {
        if (!over) {
            overdue.cancel();
            attached = true;
            listener.attached(this);
        }
    }

    private void lost(String why) {
        if (!over) {
            close();
            listener.lost(this, why);
        }
    }

    boolean isAttached() {
        return attached && !over;
    }

    /// The audio of a party, while it is attached.
    LegAudio audio(Party party) {
        if (!isAttached()) {
            throw new IllegalStateException("no audio is attached to the call");
        }
        return path(party);
    }

    /// A channel ended. When its leg has ended, that event is on its way too; only what ends by
    /// itself is a loss.
    void ended(String channel) {
        if (needs(channel)) {
            loop.schedule(
                    GRACE,
                    () -> {
                        if (needs(channel)) {
                            lost("channel-ended");
                        }
                    });
        }
    }

    private boolean needs(String channel) {
        return !over
                && legs.stream().noneMatch(Leg::isGone)
                && (channel.equals(anchor)
                        || paths.values().stream().anyMatch(path -> path.needs(channel)));
    }

    /// What Asterisk has after a time in which its events were missed.
    void reconcile(Set<String> channels) {
        if (!isAttached()) {
            return;
        }
        boolean whole =
                channels.contains(anchor)
                        && paths.values().stream().allMatch(path -> path.standsIn(channels));
        if (!whole) {
            lost("missed-events");
        }
    }

    /// Takes it off again.
    void close() {
        end();
        paths.values().forEach(PrivatePath::close);
        resources.discard(List.of(anchor), List.of());
    }

    /// The call is over, and what is at Asterisk is removed with all the rest.
    void forget() {
        end();
        paths.values().forEach(PrivatePath::forget);
    }

    private void end() {
        over = true;
        overdue.cancel();
        if (anchorStream != null) {
            anchorStream.close();
            anchorStream = null;
        }
    }

    private LegRepair.Listener repairs(Leg leg) {
        return new LegRepair.Listener() {
            @Override
            public void repairing() {
                listener.repairing(leg);
            }

            @Override
            public void refused(Throwable failure) {
                listener.refused("repair", failure);
            }
        };
    }
}
