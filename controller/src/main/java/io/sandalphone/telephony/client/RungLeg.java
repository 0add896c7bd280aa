package io.sandalphone.telephony.client;

import io.sandalphone.call.CallEvent;
import io.sandalphone.call.CallView;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegListener;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.client.ClientMeters.Rang;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A leg that rings clients which stand by, and is that client's who answers first. Runs on the call's
/// loop.
final class RungLeg implements Leg {
    private final LegContext context;
    private final Browser destination;
    private final CallerId caller;
    private final Supplier<Optional<CallView>> call;
    private final Switchboard switchboard;
    private final ClientMeters meters;
    private final LegMedia nobodys;
    private final List<LegEvent> untold = new ArrayList<>();
    private final Loop.Timer patience;
    private @Nullable LegListener listener;
    private @Nullable ClientLeg client;
    private boolean rings;
    private boolean ended;

    /// `caller` is what clients are shown of who calls, for as long as `ring`; `call` is the call as
    /// operators see it.
    RungLeg(
            LegContext context,
            Browser destination,
            CallerId caller,
            Duration ring,
            Supplier<Optional<CallView>> call,
            Switchboard switchboard,
            ClientMeters meters) {
        this.context = context;
        this.destination = destination;
        this.caller = caller;
        this.call = call;
        this.switchboard = switchboard;
        this.meters = meters;
        nobodys = new ClientMedia(context.loop(), new ClientWords(""), meters);
        patience =
                context.loop()
                        .schedule(ring, () -> endUnanswered(HangupCause.NO_ANSWER, Rang.MISSED));
    }

    Loop loop() {
        return context.loop();
    }

    String callId() {
        return context.callId();
    }

    /// The number that was called, as digits.
    String called() {
        return destination.called();
    }

    /// What a client is told when it begins to ring: who calls, and both languages.
    Optional<String> incoming(ClientWords words) {
        return call.get()
                .map(
                        view ->
                                words.incoming(
                                        caller, view.destinationLanguage(), view.callerLanguage()));
    }

    boolean hasEnded() {
        return ended;
    }

    /// A client rings.
    void rings() {
        if (!rings && client == null && !ended) {
            rings = true;
            tell(new LegEvent.Ringing());
        }
    }

    /// A client answered. False when it is too late.
    boolean answer(ClientLeg first) {
        if (ended || client != null) {
            return false;
        }
        patience.cancel();
        meters.rang(Rang.ANSWERED);
        client = first;
        first.listen(this::tell);
        return true;
    }

    /// Nobody will answer.
    void endUnanswered(HangupCause cause, Rang result) {
        if (!ended && client == null) {
            meters.rang(result);
            end(cause);
        }
    }

    /// The client in the call, once there is one.
    @Nullable ClientLeg client() {
        return client;
    }

    /// Tells the client that it talks, and in which languages.
    void tellTalking() {
        ClientLeg own = client;
        if (own != null) {
            call.get()
                    .ifPresent(
                            view ->
                                    own.sayState(
                                            own.words()
                                                    .talking(
                                                            Party.DESTINATION,
                                                            view.destinationLanguage(),
                                                            view.callerLanguage())));
        }
    }

    /// What happens to the call.
    void on(CallEvent event) {
        ClientLeg own = client;
        if (own == null) {
            return;
        }
        switch (event) {
            case CallEvent.Caption caption -> own.caption(caption);
            case CallEvent.StateChanged(_, var state, _) -> {
                if (state.equals("talking")) {
                    tellTalking();
                }
            }
            case CallEvent.Translation(_, _, var available, _, _) ->
                    own.sayState(own.words().state(available ? "translated" : "untranslated"));
            case CallEvent.Adopted _,
                    CallEvent.Left _,
                    CallEvent.Interpretation _,
                    CallEvent.Spent _,
                    CallEvent.Ended _ -> {}
        }
    }

    @Override
    public void listen(LegListener ears) {
        listener = ears;
        untold.forEach(event -> loop().execute(() -> ears.on(event)));
        untold.clear();
    }

    private void tell(LegEvent event) {
        if (event instanceof LegEvent.Ended) {
            ended = true;
        }
        LegListener ears = listener;
        if (ears == null) {
            untold.add(event);
        } else {
            loop().execute(() -> ears.on(event));
        }
    }

    /// What is sent before anybody answered is heard by nobody, and counted.
    @Override
    public String carrier() {
        return Browser.CARRIER;
    }

    @Override
    public LegMedia media() {
        ClientLeg own = client;
        return own == null ? nobodys : own.media();
    }

    @Override
    public void hangUp(HangupCause cause) {
        ClientLeg own = client;
        if (own == null) {
            endUnanswered(cause, Rang.MISSED);
        } else {
            own.hangUp(cause);
        }
    }

    /// By a message.
    @Override
    public boolean learnsCause() {
        return true;
    }

    @Override
    public void returnToCarrier() {
        hangUp(HangupCause.CONGESTION);
    }

    @Override
    public void leave() {
        ClientLeg own = client;
        if (own == null) {
            endUnanswered(HangupCause.NORMAL, Rang.MISSED);
        } else {
            own.leave();
        }
    }

    @Override
    public void abandon() {
        hangUp(HangupCause.NORMAL);
    }

    private void end(HangupCause cause) {
        patience.cancel();
        tell(new LegEvent.Ended(cause));
        switchboard.stopped(this);
    }
}
