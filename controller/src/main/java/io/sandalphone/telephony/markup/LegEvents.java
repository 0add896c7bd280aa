package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegListener;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/// Tells a leg's events in their order, each in a task of its own, from when somebody listens. Runs on the
/// call's loop.
final class LegEvents {
    private final Loop loop;
    private final Deque<LegEvent> untold = new ArrayDeque<>();
    private @Nullable LegListener listener;

    LegEvents(Loop loop) {
        this.loop = loop;
    }

    void listen(LegListener listener) {
        if (this.listener != null) {
            throw new IllegalStateException("a leg is listened to once");
        }
        this.listener = listener;
        untold.forEach(_ -> loop.execute(this::tellNext));
    }

    void tell(LegEvent event) {
        untold.addLast(event);
        if (listener != null) {
            loop.execute(this::tellNext);
        }
    }

    private void tellNext() {
        LegEvent event = untold.poll();
        if (event != null && listener != null) {
            listener.on(event);
        }
    }
}
