package io.sandalphone.harness.kills;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.calls.CallLab;
import io.sandalphone.harness.calls.Heartbeat;
import io.sandalphone.harness.calls.SoundGap;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.Levels;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One call through one kill: brings it into its [Moment], lets the two go on, and judges what they heard.
///
/// From the kill on each of the two hums a tone that is no word of their language: the recognizers hear it and nobody translates it,
/// and its silences are what the other one missed.
///
/// Used from one thread at a time. What is wrong is noted, not thrown.
final class KilledCall {
    private static final Duration SOON = CallLab.SOON;

    /// How long after the start whoever has answered nobody is put up with.
    private static final Duration ANSWER_LATE = Duration.ofMillis(500);

    /// Sound that was sent before the kill has arrived by then.
    private static final long UNDER_WAY = 150_000_000;

    /// What a call has cost is in the journal by then.
    private static final long WRITTEN = 2_000_000_000;

    /// How long a telephone takes to hear again whom it took off hold.
    private static final long OFF_HOLD = 600_000_000;

    private static final Duration TRANSLATED = Duration.ofSeconds(6);
    private static final int MOST_SAID = 4;
    private static final int FRAME = 160;
    private static final double AUDIBLE = -40;
    private static final int TOLD_FRAMES = 75;
    private static final double FULL = ToneSpeech.USUAL.level();
    private static final double TOLERANCE = 1.5;

    private static final ToneWord FIRST = ToneWord.W3;
    private static final List<ToneWord> PHRASE =
            List.of(ToneWord.W1, ToneWord.W2, ToneWord.W4, ToneWord.W1);

    private static final ToneWord SAID_AGAIN = ToneWord.W6;
    private static final ToneWord ANSWERED_AGAIN = ToneWord.V5;

    private static final ToneWord CALLERS_HUM = ToneWord.V8;
    private static final ToneWord DESTINATIONS_HUM = ToneWord.W8;
    private static final ToneSpeech HUM =
            new ToneSpeech(Duration.ofMinutes(1), Duration.ofMillis(31), FULL);
    private static final short[] CALLER_HUMS = HUM.render(CALLERS_HUM);
    private static final short[] DESTINATION_HUMS = HUM.render(DESTINATIONS_HUM);

    private final KillLab lab;
    private final Moment moment;
    private final Duration lead;
    private final boolean late;
    private final boolean callerLeaves;
    private final Heartbeat heartbeat;
    private final List<String> faults = new ArrayList<>();

    private @Nullable PhoneCall caller;
    private @Nullable PhoneCall destination;
    private String id = "";
    private double costBefore;
    private long costKnown;
    private int costUnderWay;
    private long killed;
    private long ready;
    private long humsSince;
    private boolean destinationHums;
    private boolean joinedWithoutUs;
    private @Nullable Fate fate;
    private @Nullable Duration again;
    private SoundGap gap = SoundGap.NONE;

    KilledCall(KillLab lab, Moment moment, RandomGenerator chance, Heartbeat heartbeat) {
        this.lab = lab;
        this.moment = moment;
        this.heartbeat = heartbeat;
        lead = moment.lead(chance);
        late = chance.nextBoolean();
        callerLeaves = chance.nextBoolean();
    }

    Moment moment() {
        return moment;
    }

    Duration lead() {
        return lead;
    }

    String id() {
        return id;
    }

    private PhoneCall caller() {
        return Objects.requireNonNull(caller);
    }

    private PhoneCall destination() {
        return Objects.requireNonNull(destination);
    }

    private Optional<JsonNode> session() {
        return caller == null ? Optional.empty() : lab.session(caller);
    }

    /// Has the two joined, where the moment is one of people who are.
    void join() throws IOException, InterruptedException {
        lab.answerWhenTold(moment, moment == Moment.RINGING);
        if (moment == Moment.RINGING) {
            caller = lab.call(moment);
            destination = lab.awaitRung(moment);
            Poll.until(
                    SOON,
                    () -> session().isPresent(),
                    () -> "the call is there: " + lab.controller().sessions());
            id = session().orElseThrow().path("id").asText();
        } else if (moment == Moment.GREETED) {
            caller = lab.call(moment);
            caller().awaitAnswered(SOON);
        } else if (moment.isJoined()) {
            caller = lab.call(moment);
            caller().awaitAnswered(SOON);
            destination = lab.awaitRung(moment);
            Poll.until(
                    SOON,
                    () -> session().filter(KillLab::isInterpreted).isPresent(),
                    () -> "the call is interpreted: " + lab.controller().sessions());
            id = session().orElseThrow().path("id").asText();
        }
    }

    /// Goes as far into its moment as can be before the others, the word that it began with translated.
    void enter() {
        if (moment == Moment.GREETED) {
            awaitHeard(caller(), KillLab.GREETING);
        }
        if (!moment.isJoined()) {
            return;
        }
        sayFirst();
        costBefore = KillLab.cost(session().orElseThrow());
        costKnown = System.nanoTime();
        if (moment == Moment.ON_HOLD) {
            destination().media().stopSending();
            destination().hold();
        }
        if (moment == Moment.DUCKED) {
            caller().media().say(ToneSpeech.USUAL.render(PHRASE));
            costUnderWay += KillLab.cost(PHRASE);
            awaitHeard(destination(), PHRASE.getFirst().translated());
            caller().media().repeat(CALLER_HUMS);
        }
    }

    /// On a busy machine a gateway that was only just started may lose what it hears first.
    private void sayFirst() {
        for (int said = 1; said <= MOST_SAID; said++) {
            caller().media().say(ToneSpeech.USUAL.render(FIRST));
            if (hears(destination(), FIRST.translated(), TRANSLATED)) {
                return;
            }
            costUnderWay += KillLab.WORD_COST;
        }
        throw new AssertionError(
                "%s is translated, %s: %s"
                        .formatted(FIRST, moment, heardBy(destination(), 0).heard()));
    }

    /// Waits until `word` was heard for as long as it is said, but for what a busy machine lost; false when `patience` is over.
    static boolean hears(PhoneCall listener, ToneWord word, Duration patience) {
        try {
            Poll.until(
                    patience,
                    Poll.seldom(
                            () ->
                                    millis(heardBy(listener, 0), word)
                                            > KillLab.WORD.toMillis() * 3 / 4),
                    "heard");
            return true;
        } catch (AssertionError _) {
            return false;
        }
    }

    private static void awaitHeard(PhoneCall listener, ToneWord word) {
        Poll.until(
                SOON,
                () -> !heardBy(listener, 0).heard(word).isEmpty(),
                () -> word + " is heard, not " + heardBy(listener, 0).heard());
    }

    private static long millis(ToneDetector tones, ToneWord word) {
        return tones.heard(word).stream().mapToLong(HeardTone::millis).sum();
    }

    private static ToneDetector heardBy(PhoneCall listener, long sinceNanos) {
        var sound = listener.media().received().heardByTimestamp();
        return ToneDetector.listen(
                sinceNanos == 0 ? sound.pcm() : sound.between(sinceNanos, System.nanoTime()).pcm());
    }

    /// What happens so long before the kill as [#lead] says.
    void begin() throws IOException {
        switch (moment) {
            case ARRIVING, JOINING -> caller = lab.call(moment);
            case SPEAKING -> {
                caller().media().say(ToneSpeech.USUAL.render(PHRASE));
                costUnderWay += KillLab.cost(PHRASE);
            }
            case TRANSLATING -> {
                caller().media().say(ToneSpeech.USUAL.render(PHRASE.getFirst()));
                costUnderWay += KillLab.WORD_COST;
            }
            case HANGING_UP -> leaver().hangUp();
            case RINGING, SILENT, DUCKED, ON_HOLD, GREETED -> {}
        }
    }

    private PhoneCall leaver() {
        return callerLeaves ? caller() : destination();
    }

    /// The gateway is killed now: the two begin to hum.
    void struck(long nanos) {
        killed = nanos;
        if (moment.isTalking() && moment != Moment.ON_HOLD) {
            hum();
        }
    }

    private void hum() {
        humsSince = System.nanoTime();
        caller().media().repeat(CALLER_HUMS);
        destination().media().repeat(DESTINATION_HUMS);
        destinationHums = true;
    }

    /// What people do while no gateway is there.
    void goOn() {
        if (moment == Moment.RINGING && !late) {
            answer();
        }
        if (moment == Moment.ON_HOLD && !late) {
            offHold();
        }
    }

    /// Takes whatever call rings for it.
    private void answer() {
        lab.rung(moment).forEach(PhoneCall::answer);
    }

    private void offHold() {
        destination().resume();
        destination().media().resumeSending();
        hum();
    }

    /// The gateway says that it is ready. Who was joined by then was so without it.
    void ready(long nanos) {
        ready = nanos;
        if (!moment.isTalking() && !over()) {
            joinedWithoutUs = partner().isPresent() && caller().isUp();
        }
    }

    private Optional<PhoneCall> partner() {
        return lab.rung(moment).stream().filter(PhoneCall::isUp).findFirst();
    }

    private boolean over() {
        return caller().endedNanos() >= 0 && lab.rung(moment).isEmpty();
    }

    /// Looks once whether it is known what became of the call. `log` is what the gateway has logged since it was started anew, `others`
    /// the ids of the other calls.
    boolean isDecided(String log, List<String> others) {
        if (fate != null) {
            return true;
        }
        if (moment == Moment.HANGING_UP || moment == Moment.GREETED) {
            if (over()) {
                fate = moment == Moment.GREETED ? Fate.RELEASED : Fate.ENDED;
                check(
                        fate == Fate.ENDED || isTold(),
                        "released without a word of what happened: " + caller);
            }
            return fate != null;
        }
        if (moment == Moment.RINGING && since(ready).compareTo(ANSWER_LATE) > 0) {
            answer();
        }
        if (!moment.isTalking()) {
            if (over()) {
                fate = Fate.RELEASED;
                return true;
            }
            Optional<PhoneCall> partner = partner();
            if (partner.isEmpty() || !caller().isUp()) {
                return false;
            }
            if (!destinationHums) {
                destination = partner.get();
                hum();
            }
        }
        Optional<JsonNode> session = session();
        if (session.filter(KillLab::isInterpreted).isPresent()) {
            again = since(ready);
            String now = session.get().path("id").asText();
            fate = moment.isTalking() ? Fate.ADOPTED : Fate.TAKEN_UP;
            if (moment.isTalking()) {
                check(now.equals(id), "it has another id");
                checkCost(session.get());
            }
            id = now;
        } else if (saysLeft(log, others)) {
            fate = Fate.LEFT;
        }
        return fate != null;
    }

    /// Whether the caller heard somebody speak for a second and a half since.
    private boolean isTold() {
        short[] pcm =
                caller().media()
                        .received()
                        .heardByTimestamp()
                        .between(killed + 2 * UNDER_WAY, System.nanoTime())
                        .pcm();
        int frames = 0;
        for (int start = 0; start + FRAME <= pcm.length; start += FRAME) {
            frames += Levels.rms(pcm, start, start + FRAME) > AUDIBLE ? 1 : 0;
        }
        return frames > TOLD_FRAMES;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static boolean says(String log, String sentence, String id) {
        return log.lines()
                .anyMatch(
                        each ->
                                each.contains(sentence)
                                        && !id.isEmpty()
                                        && each.matches(".*\\bcall=\"?" + id + "\\b.*"));
    }

    /// Of a call whose id is not known: of one that is none of the others.
    private boolean saysLeft(String log, List<String> others) {
        String sentence = "call left to talk untranslated";
        if (!id.isEmpty()) {
            return says(log, sentence, id);
        }
        return log.lines()
                .filter(each -> each.contains(sentence))
                .anyMatch(each -> others.stream().noneMatch(each::contains));
    }

    private void checkCost(JsonNode session) {
        double cost = KillLab.cost(session);
        double least = killed - costKnown > WRITTEN ? costBefore : 0;
        double most = costBefore + costUnderWay;
        check(
                cost >= least && cost <= most,
                "it cost %.0f before, %.0f to %.0f now, not %.0f"
                        .formatted(costBefore, least, most, cost));
    }

    private void check(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    /// Time is up: what is not known by now is how it stays. `log` is what the gateway has logged since it was started anew.
    void settle(String log, Bars bars) {
        if (isInterpreted()) {
            boolean adopted = says(log, "call adopted", id);
            check(adopted || !moment.isTalking(), "the log does not say that the call was adopted");
            fate = adopted ? Fate.ADOPTED : fate;
        }
        Duration took = again;
        if (took != null && moment.isTalking() && took.compareTo(bars.again()) > 0) {
            faults.add("interpreted again only %d ms after the start".formatted(took.toMillis()));
        }
        if (fate != null) {
            return;
        }
        if (moment == Moment.HANGING_UP || moment == Moment.GREETED) {
            broken("not everybody is released");
        } else if (connected()) {
            fate = Fate.CONNECTED;
            if (lab.adopts()) {
                check(
                        !moment.isTalking() && !joinedWithoutUs,
                        "the two talk untranslated, and nothing says why");
            }
        } else if (moment.isTalking()) {
            broken("the two do not talk any more");
        } else {
            broken("neither connected nor released");
        }
    }

    private boolean connected() {
        return caller != null && caller.isUp() && partner().isPresent();
    }

    private void broken(String fault) {
        fate = Fate.BROKEN;
        faults.add(fault + "\n" + caller + "\n" + lab.rung(moment));
    }

    /// Whether two people talk who are to be listened to.
    private boolean talks() {
        return switch (Objects.requireNonNull(fate)) {
            case ADOPTED, TAKEN_UP, LEFT, CONNECTED -> true;
            case RELEASED, ENDED, BROKEN -> false;
        };
    }

    private boolean isInterpreted() {
        return fate == Fate.ADOPTED || fate == Fate.TAKEN_UP;
    }

    /// Whoever is on hold still is taken off it.
    void meet() {
        if (talks() && moment == Moment.ON_HOLD && late) {
            offHold();
        }
    }

    /// What each missed of the other one since the kill; both are heard in full now.
    void listen(Bars bars) {
        if (!talks()) {
            return;
        }
        if (!caller().isUp() || !destination().isUp()) {
            broken("the two do not talk any more");
            return;
        }
        long now = System.nanoTime() - UNDER_WAY;
        long from = moment.isTalking() && moment != Moment.ON_HOLD ? killed : humsSince + OFF_HOLD;
        long hums = Math.max(from, humsSince) + UNDER_WAY;
        missed("packets to the caller", SoundGap.ofPackets(caller(), from, now, heartbeat), bars);
        missed(
                "packets to the destination",
                SoundGap.ofPackets(destination(), from, now, heartbeat),
                bars);
        missed(
                "the destination's hum",
                SoundGap.ofTone(caller(), DESTINATIONS_HUM, hums, now, heartbeat),
                bars);
        missed(
                "the caller's hum",
                SoundGap.ofTone(destination(), CALLERS_HUM, humAtDestination(hums), now, heartbeat),
                bars);
        checkFull(caller(), DESTINATIONS_HUM, now);
        checkFull(destination(), CALLERS_HUM, now);
    }

    private void missed(String what, SoundGap other, Bars bars) {
        gap = SoundGap.longest(gap, other);
        check(
                other.own().compareTo(bars.gap()) <= 0,
                "no %s for %s, from %d ms after the kill on (%+d ms after the start)"
                        .formatted(
                                what,
                                other,
                                (other.fromNanos() - killed) / 1_000_000,
                                (other.fromNanos() - ready) / 1_000_000));
    }

    /// Whoever is in mid-phrase hums when they have finished.
    private long humAtDestination(long hums) {
        return moment == Moment.SPEAKING || moment == Moment.TRANSLATING
                ? hums + (long) PHRASE.size() * 320_000_000
                : hums;
    }

    private void checkFull(PhoneCall listener, ToneWord hum, long until) {
        var sound = listener.media().received().heardByTimestamp();
        double level =
                ToneDetector.listen(sound.between(until - 300_000_000, until).pcm()).loudest(hum);
        check(
                Math.abs(level - FULL) < TOLERANCE,
                "%s is heard at %.1f dBov, not at %.0f".formatted(hum, level, FULL));
    }

    void hush() {
        if (talks()) {
            caller().media().hush();
            destination().media().hush();
        }
    }

    /// Each says a word, which is translated to the other one: once, and charged once.
    void talk(Bars bars) {
        if (!isInterpreted()) {
            return;
        }
        List<String> wrong = exchange();
        for (int done = 1; done < bars.exchanges() && !wrong.isEmpty(); done++) {
            wrong = exchange();
        }
        faults.addAll(wrong);
        int rung =
                lab.invitations(KillLab.destination(moment))
                        + (moment == Moment.ARRIVING ? lab.invitations(KillLab.FALLBACK) : 0);
        check(
                !moment.isTalking() || rung == 1,
                "the destination was rung %d times".formatted(rung));
        check(lab.rung(moment).size() == 1, "rung twice: " + lab.rung(moment));
    }

    /// What is wrong with a word of each.
    private List<String> exchange() {
        List<String> wrong = new ArrayList<>();
        double before = session().map(KillLab::cost).orElse(Double.NaN);
        long since = System.nanoTime();
        caller().media().say(ToneSpeech.USUAL.render(SAID_AGAIN));
        wrongOf(destination(), since, SAID_AGAIN).ifPresent(wrong::add);
        destination().media().say(ToneSpeech.USUAL.render(ANSWERED_AGAIN));
        wrongOf(caller(), since, ANSWERED_AGAIN).ifPresent(wrong::add);
        double charged = session().map(KillLab::cost).orElse(Double.NaN) - before;
        // Not a number where there is no such call any more.
        if (!(Math.abs(charged - 2 * KillLab.WORD_COST) < 0.01)) {
            wrong.add("two words cost %.0f, not %d".formatted(charged, 2 * KillLab.WORD_COST));
        }
        return wrong;
    }

    private static Optional<String> wrongOf(PhoneCall listener, long since, ToneWord said) {
        ToneWord wanted = said.translated();
        long word = KillLab.WORD.toMillis();
        try {
            Poll.until(
                    SOON,
                    Poll.seldom(() -> millis(heardBy(listener, since), wanted) > word * 3 / 4),
                    "translated");
            long until = System.nanoTime() + KillLab.WORD.toNanos();
            Poll.until(SOON, () -> System.nanoTime() >= until, "time goes by");
        } catch (AssertionError _) {
            return Optional.of(
                    "%s is not translated; heard was %s"
                            .formatted(said, heardBy(listener, since).heard()));
        }
        long heard = millis(heardBy(listener, since), wanted);
        return heard < word * 3 / 2
                ? Optional.empty()
                : Optional.of("%s is heard for %d ms".formatted(wanted, heard));
    }

    /// One of the two hangs up.
    void hangUp() {
        if (caller == null) {
            return;
        }
        if (fate != null && talks()) {
            leaver().hangUp();
        } else {
            caller.hangUp();
            lab.rung(moment).forEach(PhoneCall::hangUp);
        }
    }

    /// Everybody is released then.
    void awaitReleased() {
        try {
            Poll.until(SOON, this::over, "released");
        } catch (AssertionError _) {
            faults.add("not released: " + caller + "\n" + lab.rung(moment));
        }
    }

    KillResult result() {
        return new KillResult(moment, lead, Objects.requireNonNull(fate), gap, again, faults);
    }

    /// What may have been charged since what it had cost was looked at.
    int costUnderWay() {
        return costUnderWay;
    }
}
