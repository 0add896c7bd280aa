package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.tone.Cadence;
import io.sandalphone.media.tone.Tone;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.ConnectionListener;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.NumberPlan;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// A call whose two voices pass through us: two legs, of any carriers, and for each party a
/// [ListenerBus] with what they hear.
///
/// The two hear each other from the moment at which both have answered, whatever becomes of the
/// interpretation, and the keys that the other one presses, as tones; until then the caller hears the ringing
/// of their own country. Where the caller was answered alone, the two hear each other once they are joined. A fault of ours costs
/// what is spoken beside the voices, a leg whose sound is lost is silent for the other party, and neither
/// ends the call. Runs on the call's loop.
public final class MixedBridge implements CallConnection {
    private static final Logger log = LoggerFactory.getLogger(MixedBridge.class);

    // Whose ringing is heard where no number tells the caller's country.
    private static final String COUNTRY = "US";

    // How long a caller hears that the other phone is busy, or cannot be reached.
    private static final Duration BUSY_TONE = Duration.ofSeconds(3);

    // Within which a caller is answered who is to hear why they are released.
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    // How long what was sent last may take to be heard.
    private static final Duration STILL_UNDER_WAY = Duration.ofMillis(600);

    private final String callId;
    private final Loop loop;
    private final String room;
    private final Dialer dialer;
    private final Pacer pacer;
    private final BusMeters meters;
    private final Map<Party, MixedLeg> legs = new EnumMap<>(Party.class);
    private final Map<Party, ListenerBus> buses = new EnumMap<>(Party.class);
    private final Map<Party, PrivateAudio> audio = new EnumMap<>(Party.class);
    private final SilenceLimit silence;
    private final Pacer.Paced paced = this::tick;
    private ConnectionListener listener = _ -> {};
    private String country = "";
    private boolean ringingBack;
    private boolean busyTone;
    private Loop.Timer busyToneEnd = () -> {};
    private short[] sentence = {};
    private HangupCause sentenceCause = HangupCause.NORMAL;
    private boolean echoing;
    // The caller is to be heard and spoken to without anybody else, until whoever is rung is
    // joined.
    private boolean alone;
    private Loop.Timer joining = () -> {};
    private boolean audioWanted;
    private boolean faulty;
    private boolean over;
    private boolean released;

    /// A call with nobody in it yet.
    ///
    /// @param room see [LegContext#room]
    MixedBridge(
            String callId, Loop loop, String room, Dialer dialer, Pacer pacer, BusMeters meters) {
        this.callId = callId;
        this.loop = loop;
        this.room = room;
        this.dialer = dialer;
        this.pacer = pacer;
        this.meters = meters;
        for (Party party : Party.values()) {
            legs.put(party, new MixedLeg(party, meters, loop.nanoTime()));
        }
        for (Party party : Party.values()) {
            buses.put(party, hearing(party.other()));
        }
        silence = new SilenceLimit(loop, leg(Party.CALLER), leg(Party.DESTINATION), this::silent);
    }

    /// A bus on which the voice of `speaker` is heard.
    private ListenerBus hearing(Party speaker) {
        return new ListenerBus(leg(speaker).voice, fault -> faulted("speech", fault));
    }

    /// The party is there already, on this leg, to which nobody has listened yet. Before [#listen].
    void put(Party party, Leg leg) {
        leg(party).take(leg, loop.nanoTime());
    }

    /// The party is on this leg, and has answered; their sound is still to come. Nobody has listened to the leg yet. Before
    /// [#listen].
    void putAnswered(Party party, Leg leg) {
        put(party, leg);
        MixedLeg answered = leg(party);
        answered.answered = true;
        leg.media().hear(frame -> heard(answered, frame));
        pacer.add(paced);
        if (joined()) {
            silence.begin();
        }
    }

    @Override
    public Map<Party, LegPlace> places() {
        Map<Party, LegPlace> places = new EnumMap<>(Party.class);
        legs.forEach((party, leg) -> leg.place().ifPresent(place -> places.put(party, place)));
        return places;
    }

    private MixedLeg leg(Party party) {
        return Objects.requireNonNull(legs.get(party));
    }

    private ListenerBus bus(Party party) {
        return Objects.requireNonNull(buses.get(party));
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public void listen(ConnectionListener listener) {
        this.listener = listener;
        legs.values().stream().filter(MixedLeg::isThere).forEach(this::listen);
    }

    private void listen(MixedLeg leg) {
        leg.leg().listen(event -> on(leg, event));
    }

    // Whatever a carrier throws, the party is not rung.
    @SuppressWarnings("CatchingThrowable")
    @Override
    public void dial(Party party, Dial dial) {
        if (over) {
            return;
        }
        MixedLeg leg = leg(party);
        if (country.isEmpty()) {
            country = callersCountry(party, dial);
        }
        try {
            LegContext context =
                    new LegContext(callId, party, loop, room).attempt(leg.nextAttempt());
            leg.take(dialer.dial(context, dial), loop.nanoTime());
        } catch (Throwable failure) {
            log.atError()
                    .addKeyValue("call", callId)
                    .addKeyValue("party", party)
                    .setCause(failure)
                    .log("carrier did not dial");
            meters.faults().increment();
            loop.execute(() -> tell(new ConnectionEvent.Failed("dial")));
            return;
        }
        listen(leg);
        ringBack();
    }

    /// Carriers take a key out of the sound in which it came.
    @Override
    public void passKeys(Party party, String keys) {
        if (joined()) {
            keys.chars().forEach(key -> bus(party.other()).press((char) key));
        }
    }

    @Override
    public void answer() {
        MixedLeg caller = leg(Party.CALLER);
        if (!over && caller.isThere()) {
            alone = true;
            caller.leg().answer();
        }
    }

    @Override
    public void join(short[] first) {
        if (over || !alone || !leg(Party.DESTINATION).answered) {
            return;
        }
        var sentence = new Sentence(first);
        bus(Party.DESTINATION).play(sentence);
        joining.cancel();
        // What either of them hears keeps its order on the way.
        joining = loop.schedule(sentence.length(), this::join);
    }

    private void join() {
        if (over || !leg(Party.DESTINATION).isThere()) {
            return;
        }
        alone = false;
        bus(Party.DESTINATION).play(null);
        ringBack();
        detach();
        audioWanted = false;
        silence.begin();
        tell(new ConnectionEvent.Joined());
    }

    @Override
    public void echo() {
        MixedLeg caller = leg(Party.CALLER);
        if (!over && caller.isThere()) {
            echoing = true;
            buses.put(Party.CALLER, hearing(Party.CALLER));
            caller.leg().answer();
        }
    }

    /// Whose ringing the caller is to hear: that of the number at which we ring them, else of the number
    /// that is shown on their behalf, which is their own or one of ours that they called.
    private static String callersCountry(Party dialled, Dial dial) {
        String number = dialled == Party.CALLER ? dial.number().number() : dial.callerId().number();
        return NumberPlan.regionOf(number).orElse(COUNTRY);
    }

    private void on(MixedLeg leg, LegEvent event) {
        switch (event) {
            case LegEvent.Ended(var cause) -> ended(leg, cause);
            case LegEvent.Ringing _ -> ringing(leg);
            case LegEvent.Answered _ -> answered(leg);
            case LegEvent.MediaLost(var why) -> mediaLost(leg, why);
            case LegEvent.MediaBack _ -> mediaBack(leg);
            case LegEvent.LeftThere(var why) -> tell(new ConnectionEvent.LeftThere(why));
            case LegEvent.KeyPressed(var key) ->
                    tell(new ConnectionEvent.KeyPressed(leg.party, key));
        }
    }

    private void tell(ConnectionEvent event) {
        if (!over) {
            listener.on(event);
        }
    }

    private void ringing(MixedLeg leg) {
        if (!leg.ringing && !leg.answered) {
            leg.ringing = true;
            tell(new ConnectionEvent.Ringing(leg.party));
        }
    }

    private void answered(MixedLeg leg) {
        if (leg.answered || over || !leg.isThere()) {
            return;
        }
        leg.answered = true;
        leg.passing(true);
        leg.frameAt = loop.nanoTime();
        leg.leg().media().hear(frame -> heard(leg, frame));
        MixedLeg caller = leg(Party.CALLER);
        if (leg.party == Party.DESTINATION && caller.isThere() && !caller.answered) {
            caller.leg().answer();
        }
        pacer.add(paced);
        if (sentence.length > 0) {
            sayWhy();
        }
        ringBack();
        if (joined() || echoing || alone) {
            silence.begin();
        }
        attachWhenBothPass();
        tell(new ConnectionEvent.Answered(leg.party));
    }

    /// Whether each is to hear the other.
    private boolean joined() {
        return !alone && leg(Party.CALLER).answered && leg(Party.DESTINATION).answered;
    }

    /// The caller hears the ringing while they are there and the destination is rung, or is yet to be joined.
    private void ringBack() {
        MixedLeg destination = leg(Party.DESTINATION);
        boolean rings =
                !over && !busyTone && destination.isThere() && (alone || !destination.answered);
        if (rings != ringingBack) {
            ringingBack = rings;
            bus(Party.CALLER).play(rings ? new Tone(Cadence.ringback(country)) : null);
        }
    }

    private void mediaLost(MixedLeg leg, String why) {
        if (leg.passes()) {
            leg.passing(false);
            // What was under way to either of them is stale when it comes back.
            legs.values().forEach(each -> each.voice.forget());
            boolean attached = !alone || leg.party == Party.CALLER;
            if (!over && attached && loseAudio()) {
                tell(new ConnectionEvent.AudioLost(why));
            }
        }
    }

    private void mediaBack(MixedLeg leg) {
        if (leg.answered && !over) {
            leg.passing(true);
            // Nobody can tell how long ago either of them talked where we did not hear it.
            legs.values().forEach(each -> each.frameAt = loop.nanoTime());
            attachWhenBothPass();
        }
    }

    private void ended(MixedLeg leg, HangupCause cause) {
        if (!leg.isThere()) {
            return;
        }
        leg.ended();
        if (busyTone && !over) {
            // The caller has heard enough; or the destination is gone, as was asked for.
            if (leg.party == Party.CALLER) {
                part(left -> left.hangUp(cause));
            }
            return;
        }
        if (alone) {
            joining.cancel();
            bus(Party.DESTINATION).play(null);
        }
        ringBack();
        tell(new ConnectionEvent.Gone(leg.party, cause));
        releasedWhenEmpty();
    }

    @SuppressWarnings("CatchingThrowable")
    private void heard(MixedLeg leg, AudioFrame frame) {
        if (over) {
            return;
        }
        long now = loop.nanoTime();
        leg.frameAt = now;
        leg.sound.heard(frame.pcm(), now);
        leg.clock.heard(frame.position(), now);
        if (echoing || (joined() && leg(leg.party.other()).passes())) {
            leg.voice.offer(frame, now);
        }
        try {
            leg.ears.accept(frame);
        } catch (Throwable fault) {
            faulted("ears", fault);
        }
    }

    private void tick(long nanos) {
        for (Party party : Party.values()) {
            MixedLeg leg = leg(party);
            int due = leg.passes() ? leg.clock.framesDue() : 0;
            for (int i = 0; i < due && !over; i++) {
                send(leg, nanos);
            }
        }
    }

    // What one party's carrier throws costs the other one nothing.
    @SuppressWarnings("CatchingThrowable")
    private void send(MixedLeg leg, long nanos) {
        try {
            LegMedia media = leg.leg().media();
            boolean spare = leg.held.holdsTooMuch(nanos, leg.voice.jitterNanos());
            if (bus(leg.party).tick(nanos, media, spare)) {
                leg.held.sent(nanos, media, loop);
            } else {
                leg.held.leftOut(nanos);
                meters.leftOut().increment();
            }
            faulty = false;
        } catch (Throwable fault) {
            meters.faults().increment();
            if (!faulty) {
                faulty = true;
                log.atError()
                        .addKeyValue("call", callId)
                        .addKeyValue("party", leg.party)
                        .setCause(fault)
                        .log("sound could not be sent to a party");
            }
        }
    }

    /// Somebody who interprets threw. The voices go on without.
    private void faulted(String whose, Throwable fault) {
        meters.faults().increment();
        log.atError()
                .addKeyValue("call", callId)
                .addKeyValue("whose", whose)
                .setCause(fault)
                .log("interpretation of a call faulted");
        audioWanted = false;
        if (loseAudio()) {
            tell(new ConnectionEvent.AudioLost("fault"));
        }
    }

    @Override
    public void attachAudio() {
        if (!over) {
            audioWanted = true;
            attachWhenBothPass();
        }
    }

    private void attachWhenBothPass() {
        if (audioWanted) {
            loop.execute(this::attach);
        }
    }

    private void attach() {
        List<Party> wanted = alone ? List.of(Party.CALLER) : List.of(Party.values());
        if (over || !audioWanted || !wanted.stream().map(this::leg).allMatch(MixedLeg::passes)) {
            return;
        }
        wanted.forEach(party -> audio.computeIfAbsent(party, this::beside));
        tell(new ConnectionEvent.AudioAttached());
    }

    private PrivateAudio beside(Party party) {
        return new PrivateAudio(leg(party), bus(party), bus(party.other()));
    }

    /// Takes off what stands beside the voices. Gives whether there was anything.
    private boolean loseAudio() {
        if (audio.isEmpty()) {
            return false;
        }
        meters.audioLost().increment();
        detach();
        return true;
    }

    private void detach() {
        audio.values().forEach(PrivateAudio::close);
        audio.clear();
        legs.values().forEach(leg -> leg.ears = _ -> {});
        buses.values().forEach(ListenerBus::fallSilent);
    }

    @Override
    public LegAudio audio(Party party) {
        PrivateAudio attached = audio.get(party);
        if (attached == null) {
            throw new IllegalStateException("no audio is attached to the call");
        }
        return attached;
    }

    private void silent(Party party) {
        meters.silentEnded().increment();
        tell(new ConnectionEvent.Silent(party));
    }

    @Override
    public void release(HangupCause cause) {
        if (!over && !busyTone && isToldByTone(cause)) {
            tellByTone(cause);
        } else if (!busyTone) {
            part(leg -> leg.hangUp(cause));
        }
    }

    /// Whether the caller is to hear why nobody answered them: a carrier of media streams has answered the
    /// call itself by then, and has no way to say so.
    private boolean isToldByTone(HangupCause cause) {
        MixedLeg caller = leg(Party.CALLER);
        return cause != HangupCause.NORMAL
                && caller.passes()
                && !caller.leg().learnsCause()
                && !leg(Party.DESTINATION).answered;
    }

    private void tellByTone(HangupCause cause) {
        busyTone = true;
        MixedLeg destination = leg(Party.DESTINATION);
        if (destination.isThere()) {
            guarded(destination, leg -> leg.hangUp(cause));
        }
        ringBack();
        bus(Party.CALLER).play(new Tone(Cadence.busy(country.isEmpty() ? COUNTRY : country)));
        busyToneEnd = loop.schedule(BUSY_TONE, () -> part(leg -> leg.hangUp(cause)));
    }

    @Override
    public void release(HangupCause cause, short[] why) {
        MixedLeg caller = leg(Party.CALLER);
        if (over || busyTone || !caller.isThere()) {
            release(cause);
            return;
        }
        busyTone = true;
        sentence = why;
        sentenceCause = cause;
        busyToneEnd = loop.schedule(ANSWER_LIMIT, () -> part(leg -> leg.hangUp(cause)));
        if (caller.answered) {
            sayWhy();
        } else {
            caller.leg().answer();
        }
    }

    /// The caller is there to hear why they are released.
    private void sayWhy() {
        busyToneEnd.cancel();
        var spoken = new Sentence(sentence);
        bus(Party.CALLER).play(spoken);
        busyToneEnd =
                loop.schedule(
                        spoken.length().plus(STILL_UNDER_WAY),
                        () -> part(leg -> leg.hangUp(sentenceCause)));
    }

    @Override
    public void returnToDialplan() {
        part(Leg::returnToCarrier);
    }

    @Override
    public void leave() {
        part(Leg::leave);
    }

    /// Ends the call for us, in this way for each leg that is there.
    private void part(Consumer<Leg> way) {
        if (over) {
            return;
        }
        end();
        legs.values().stream().filter(MixedLeg::isThere).forEach(leg -> guarded(leg, way));
        loop.execute(this::releasedWhenEmpty);
    }

    @Override
    public void abandon() {
        end();
        List<MixedLeg> left = legs.values().stream().filter(MixedLeg::isThere).toList();
        left.forEach(MixedLeg::ended);
        left.forEach(leg -> guarded(leg, Leg::abandon));
        loop.execute(this::releasedWhenEmpty);
    }

    private void end() {
        over = true;
        busyToneEnd.cancel();
        joining.cancel();
        silence.stop();
        pacer.remove(paced);
        detach();
        ringBack();
    }

    // What one carrier throws is not to keep the other one's leg.
    @SuppressWarnings("CatchingThrowable")
    private void guarded(MixedLeg leg, Consumer<Leg> way) {
        try {
            way.accept(leg.leg());
        } catch (Throwable fault) {
            meters.faults().increment();
            log.atError()
                    .addKeyValue("call", callId)
                    .addKeyValue("party", leg.party)
                    .setCause(fault)
                    .log("a leg could not be ended");
        }
    }

    private void releasedWhenEmpty() {
        if (over && !released && legs.values().stream().noneMatch(MixedLeg::isThere)) {
            released = true;
            listener.on(new ConnectionEvent.Released());
        }
    }
}
