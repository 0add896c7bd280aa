package io.sandalphone.telephony.asterisk;

import io.sandalphone.time.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// Sinks and raises one party's voice as the other hears it, by the leg's `VOLUME(RX)`: our own
/// speech and what we hear keep their level (docs/decisions/0001).
///
/// In two steps of 6 dB, 20 ms apart, against clicks. Requests for one leg go out one after
/// another, so that a late one never overtakes. Runs on the call's loop.
final class Ducking {
    private static final String VOLUME = "VOLUME(RX)";
    private static final Duration STEP = Duration.ofMillis(20);

    // Linear factors: -n divides by n, and 0 is the untouched voice.
    private static final List<String> LEVELS = List.of("0", "-2", "-4");

    private final Loop loop;
    private final AriCommands ari;
    private final String channel;
    private int wanted;
    private int level;
    private boolean moving;
    private @Nullable Promise<Void> settled;

    Ducking(Loop loop, AriCommands ari, String channel) {
        this.loop = loop;
        this.ari = ari;
        this.channel = channel;
    }

    void sink() {
        wanted = LEVELS.size() - 1;
        move();
    }

    /// Completes when the voice is at its full level, or the leg is gone.
    Future<Void> rise() {
        wanted = 0;
        move();
        if (!moving) {
            return Future.succeededFuture();
        }
        if (settled == null) {
            settled = Promise.promise();
        }
        return settled.future();
    }

    private void move() {
        if (moving || level == wanted) {
            return;
        }
        moving = true;
        level += Integer.signum(wanted - level);
        var step = Promise.<Void>promise();
        loop.schedule(STEP, step::complete);
        // A refusal means that the leg is gone; there is nobody left to hear the level.
        Future.join(ari.set(channel, VOLUME, LEVELS.get(level)), step.future())
                .onComplete(_ -> moved());
    }

    private void moved() {
        moving = false;
        move();
        if (!moving && settled != null) {
            settled.complete();
            settled = null;
        }
    }
}
