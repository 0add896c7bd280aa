package io.sandalphone.harness.carrier;

import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.sip.SpeechQueue;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One call of a simulated carrier: one telephone, and the document that it runs.
///
/// Its public methods may be called by any thread but the carrier's loop, which owns all its state.
public final class SimulatedCall {
    private static final long FRAME_NANOS = 20_000_000;
    private static final int FRAME_MILLIS = 20;
    private static final int WORD_MILLIS = 300;
    private static final int PLAYED_MILLIS = 1000;

    private final SimulatedCarrier carrier;
    private final CallIdentity identity;
    private final @Nullable Phone phone;
    private final Deque<Verb> verbs = new ArrayDeque<>();
    private final List<StreamActivity> streams = new ArrayList<>();
    private final List<Runnable> whenOver = new ArrayList<>();

    private CallStatus status = CallStatus.QUEUED;
    private @Nullable Activity activity;
    private @Nullable PhoneRecording recording;
    private @Nullable String answeredBy;
    private long connectedNanos;
    private long frames;
    private long ticking = -1;
    private int sipCode = 200;

    SimulatedCall(SimulatedCarrier carrier, CallIdentity identity, @Nullable Phone phone) {
        this.carrier = carrier;
        this.identity = identity;
        this.phone = phone;
    }

    /// The carrier's id of it.
    public String id() {
        return identity.id();
    }

    /// The number that it comes from.
    public String from() {
        return identity.from();
    }

    /// The number that it goes to.
    public String to() {
        return identity.to();
    }

    /// Who it is between, and why it was made.
    public CallIdentity identity() {
        return identity;
    }

    /// Where it stands.
    public CallStatus status() {
        return carrier.onLoop(this::currentStatus);
    }

    /// What came to pass on each of its media streams, in order.
    public List<StreamReport> streams() {
        return carrier.onLoop(() -> streams.stream().map(StreamActivity::report).toList());
    }

    /// The name of the conference room that it is in.
    public Optional<String> room() {
        return carrier.onLoop(() -> carrier.roomOf(this));
    }

    /// Its telephone hangs up.
    public void hangUp() {
        carrier.onLoop(
                () -> {
                    end(status.pending() ? CallStatus.CANCELED : CallStatus.COMPLETED);
                    return true;
                });
    }

    /// Its telephone's key is pressed.
    public void press(char key) {
        carrier.onLoop(
                () -> {
                    if (activity != null) {
                        activity.press(key);
                    }
                    return true;
                });
    }

    /// The connection of its media stream breaks off, as when the carrier's media server dies. The call
    /// goes on with its next verb.
    public void dropSocket() {
        carrier.onLoop(
                () -> {
                    if (activity instanceof StreamActivity stream) {
                        stream.drop();
                    }
                    return true;
                });
    }

    // What follows is for the loop.

    SimulatedCarrier carrier() {
        return carrier;
    }

    /// Where it stands, for the carrier's loop.
    public CallStatus currentStatus() {
        return status;
    }

    /// The SIP status that its telephone answered with.
    public int sipCode() {
        return sipCode;
    }

    /// Who answered, as far as detection was asked and knows by now.
    public Optional<String> answeredBy() {
        return Optional.ofNullable(answeredBy);
    }

    /// For how many seconds it has been, or was, connected; begun ones count.
    public long seconds() {
        return (frames * FRAME_MILLIS + 999) / 1000;
    }

    void detected(String who) {
        answeredBy = who;
    }

    void sipCode(int code) {
        sipCode = code;
    }

    void move(CallStatus to) {
        status = to;
        carrier.note(this, What.STATUS, 0, to.text());
    }

    /// Does `task` when the call is over.
    void whenOver(Runnable task) {
        whenOver.add(task);
    }

    /// The telephone is connected: sound goes from now on.
    void connect() {
        move(CallStatus.IN_PROGRESS);
        connectedNanos = System.nanoTime();
        if (phone != null) {
            recording = phone.connected(id(), connectedNanos);
            phone.patience()
                    .ifPresent(
                            patience -> carrier.after(patience, () -> end(CallStatus.COMPLETED)));
        }
        if (carrier.player().isEmpty()) {
            ticking = carrier.vertx().setPeriodic(FRAME_MILLIS, _ -> tick());
        }
    }

    private void tick() {
        // A loop that was held up does what it missed, so that the sound keeps the clock's pace.
        while (!status.ended()
                && (frames + 1) * FRAME_NANOS <= System.nanoTime() - connectedNanos) {
            frames++;
            short[] said = phone == null ? new short[SpeechQueue.FRAME] : phone.speak();
            short[] heard =
                    activity == null ? new short[SpeechQueue.FRAME] : activity.exchange(said);
            if (recording != null) {
                recording.add(said, heard);
            }
        }
    }

    /// Runs `document` in place of what it runs now.
    void run(Document document) {
        for (String problem : document.problems()) {
            carrier.note(this, What.DOCUMENT, 12200, problem);
        }
        verbs.clear();
        verbs.addAll(document.verbs());
        stop();
        next();
    }

    /// Does `act` in place of what it does now.
    void perform(Activity act) {
        stop();
        activity = act;
        act.begin();
    }

    /// `done` is over by itself: the next verb begins.
    void finished(Activity done) {
        if (done.equals(activity)) {
            stop();
            next();
        }
    }

    /// The verb `dial` is over with `outcome`; with an action, that says how to go on.
    void dialled(Verb.Dial dial, CallStatus outcome) {
        dial.action().ifPresent(link -> goOnWith(link, Map.of("DialCallStatus", outcome.text())));
    }

    /// Puts the document of `link` in place of the verbs that are left.
    private void goOnWith(Verb.Link link, Map<String, String> more) {
        verbs.clear();
        verbs.add(new Verb.Redirect(link, more));
    }

    private void stop() {
        Activity stopped = activity;
        activity = null;
        if (stopped != null) {
            stopped.end();
        }
    }

    private void next() {
        if (status.ended()) {
            return;
        }
        Verb verb = verbs.poll();
        if (verb == null) {
            end(CallStatus.COMPLETED);
            return;
        }
        if (status.pending() && !(verb instanceof Verb.Reject)) {
            connect();
        }
        switch (verb) {
            case Verb.Stream stream ->
                    carrier.player()
                            .ifPresentOrElse(
                                    player ->
                                            perform(
                                                    new PlayedStream(
                                                            carrier, this, stream, player)),
                                    () -> performHere(stream));
            case Verb.Conference conference -> {
                carrier.note(this, What.VERB, 0, "Dial Conference " + conference.name());
                conference.action().ifPresent(link -> goOnWith(link, Map.of()));
                perform(
                        new RoomActivity(
                                this,
                                carrier.room(conference.name()),
                                conference.starts(),
                                conference.ends(),
                                new RoomSounds(conference.beep(), conference.music())));
            }
            case Verb.Dial dial ->
                    perform(
                            carrier.sipLine(dial)
                                    .<Activity>map(
                                            line -> new SipDialActivity(carrier, this, dial, line))
                                    .orElseGet(() -> new DialActivity(carrier, this, dial)));
            case Verb.Pause(Duration length) -> {
                carrier.note(this, What.VERB, 0, "Pause " + length.toSeconds());
                perform(new Waiting(this, length.toMillis()));
            }
            case Verb.Say(String text) -> {
                carrier.note(this, What.VERB, 0, "Say " + text);
                perform(new Waiting(this, text.split("\\s+").length * (long) WORD_MILLIS));
            }
            case Verb.Play(String url) -> {
                carrier.note(this, What.VERB, 0, "Play " + url);
                perform(new Waiting(this, PLAYED_MILLIS));
            }
            case Verb.Hangup() -> {
                carrier.note(this, What.VERB, 0, "Hangup");
                end(CallStatus.COMPLETED);
            }
            case Verb.Reject(boolean busy) -> {
                carrier.note(this, What.VERB, 0, busy ? "Reject busy" : "Reject rejected");
                end(busy ? CallStatus.BUSY : CallStatus.FAILED);
            }
            case Verb.Redirect(Verb.Link link, Map<String, String> more) -> {
                carrier.note(this, What.VERB, 0, "Redirect " + link.url());
                carrier.fetch(this, new Sources(link), more);
            }
        }
    }

    private void performHere(Verb.Stream stream) {
        var media = new StreamActivity(carrier, this, stream);
        streams.add(media);
        perform(media);
    }

    /// Ends it; a call that has ended stays as it is.
    void end(CallStatus with) {
        if (status.ended()) {
            return;
        }
        move(with);
        carrier.vertx().cancelTimer(ticking);
        verbs.clear();
        stop();
        if (phone != null) {
            phone.release(this);
        }
        List.copyOf(whenOver).forEach(Runnable::run);
    }

    Optional<Activity> activity() {
        return Optional.ofNullable(activity);
    }
}
