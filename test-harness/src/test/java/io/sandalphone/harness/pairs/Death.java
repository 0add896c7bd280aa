package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.carrier.Happening;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;

/// A gateway that is killed (SIGKILL) while two people talk and while somebody is rung, and what becomes of
/// them, and of whoever calls afterwards. It is started again by whoever needs it.
final class Death {
    /// Within which two people of one carrier of media streams are together again.
    private static final Duration TOGETHER = Duration.ofSeconds(2);

    /// Within which two people of two carriers are, where there is a way back.
    private static final Duration BACK = Duration.ofSeconds(10);

    /// Within which somebody for whom there is no way back is told so and released.
    private static final Duration ALONE = Duration.ofSeconds(15);

    /// Within which a telephone that rings for nobody stops.
    private static final Duration RINGING = Duration.ofSeconds(1);

    /// The line of which Asterisk knows without a controller: whoever rings for a SIP caller.
    private static final int KNOWN_LINE = 0;

    private static final ToneSpeech WORD = ToneSpeech.USUAL.withWord(Duration.ofMillis(400));

    private static final int TALKING_LINE = 1;
    private static final int RINGING_LINE = 2;

    private final PairLab lab;
    private final Pair pair;
    private final JoinedPair talking;
    private final int ringingLine;
    private final PairPhone ringingCaller;
    private final PairPhone rung;
    private final long killed;

    private Death(
            PairLab lab,
            JoinedPair talking,
            int ringingLine,
            PairPhone ringingCaller,
            PairPhone rung,
            long killed) {
        this.lab = lab;
        pair = lab.pair();
        this.talking = talking;
        this.ringingLine = ringingLine;
        this.ringingCaller = ringingCaller;
        this.rung = rung;
        this.killed = killed;
    }

    /// Has two people talk, and somebody ring where there is ringing, and kills the gateway.
    static Death of(PairLab lab) {
        JoinedPair talking = lab.join(TALKING_LINE, Scenarios.SOON);
        Scenarios.bothHear(
                talking.caller(),
                talking.destination(),
                talking.sinceNanos(),
                ToneWord.W2,
                ToneWord.V4);
        int line = lab.pair().caller() == Kind.SIP ? KNOWN_LINE : RINGING_LINE;
        if (rings(lab.pair())) {
            lab.answerWhenTold(line, true);
        }
        PairPhone caller = lab.call(line);
        PairPhone rung = caller;
        if (rings(lab.pair())) {
            rung = lab.awaitRung(line, Scenarios.SOON);
            awaitRinging(lab);
        }
        long killed = System.nanoTime();
        lab.gateway().kill();
        return new Death(lab, talking, line, caller, rung, killed);
    }

    /// The gateway knows of the ringing too.
    private static void awaitRinging(PairLab lab) {
        Poll.until(
                Scenarios.SOON,
                () -> lab.gateway().sessions().toString().contains("dialing"),
                () -> "somebody is rung: " + lab.gateway().sessions());
    }

    /// Two browsers meet, and neither is rung.
    static boolean rings(Pair pair) {
        return pair.destination() != Kind.BROWSER;
    }

    /// Whoever calls has a number, which leads somewhere without us.
    static boolean fallsBack(Pair pair) {
        return pair.caller() != Kind.BROWSER;
    }

    /// The two who talked.
    JoinedPair two() {
        return talking;
    }

    /// What becomes of the two who talked. Gives the table's cell.
    String talking() {
        PairPhone caller = talking.caller();
        PairPhone destination = talking.destination();
        if (pair == Pair.SIP_SIP) {
            Scenarios.bothHear(caller, destination, killed, ToneWord.W3, ToneWord.V5);
            hangUp(caller, destination);
            return "unnoticed";
        }
        if (pair.isOfOneCarrier() && pair.caller().hasRest()) {
            String cell =
                    Scenarios.within(
                            TOGETHER, killed, together(caller, destination), "both are in a room");
            Scenarios.bothHear(caller, destination, killed, ToneWord.W3, ToneWord.V5);
            hangUp(caller, destination);
            return cell;
        }
        if (lab.hasWayBack()) {
            return back(caller, destination);
        }
        return aloneBoth(caller, destination);
    }

    /// The one at the carrier comes to the other, and both are heard; who hangs up ends it for the other.
    String back(PairPhone leaver, PairPhone left) {
        PairPhone caller = talking.caller();
        PairPhone destination = talking.destination();
        try {
            String cell =
                    Scenarios.within(
                            BACK, killed, bothHeard(caller, destination), "both hear each other");
            long hungUp = System.nanoTime();
            leaver.hangUp();
            long released = left.awaitEnded(Scenarios.SOON);
            return cell
                    + ", then "
                    + Scenarios.within(
                            Scenarios.RELEASE, hungUp, released, "the other one is released");
        } finally {
            release(caller);
            release(destination);
        }
    }

    /// When each was heard by the other one, which is waited for.
    long bothHeard(PairPhone caller, PairPhone destination) {
        caller.repeat(WORD.render(ToneWord.W3));
        destination.repeat(WORD.render(ToneWord.V5));
        return Math.max(firstHeard(destination, ToneWord.W3), firstHeard(caller, ToneWord.V5));
    }

    /// When `word` began to be heard, which is waited for.
    private long firstHeard(PairPhone listener, ToneWord word) {
        Poll.until(
                Scenarios.SOON,
                () -> !listener.tones(killed).heard(word).isEmpty(),
                () -> word + " is heard: " + listener.history());
        SoundTimeline since = listener.heard().between(killed, System.nanoTime());
        return since.nanosAt(ToneDetector.listen(since.pcm()).heard(word).getFirst().startMillis());
    }

    private String aloneBoth(PairPhone caller, PairPhone destination) {
        try {
            return alone(caller, killed) + ", " + alone(destination, killed);
        } finally {
            release(caller);
            release(destination);
        }
    }

    /// Nobody is kept by a test that failed.
    private static void release(PairPhone phone) {
        if (!(phone instanceof ClientPhones.Side)) {
            phone.hangUp();
        }
    }

    /// When both were in one room.
    private static long together(PairPhone one, PairPhone other) {
        Poll.until(
                Scenarios.SOON,
                () ->
                        !Scenarios.roomsOf(one).isEmpty()
                                && Scenarios.roomsOf(one).equals(Scenarios.roomsOf(other)),
                () -> "both are in one room: " + one.history() + "\n" + other.history());
        return Math.max(enteredNanos(one), enteredNanos(other));
    }

    private static long enteredNanos(PairPhone phone) {
        return ((CarrierPhones.Side) phone).rooms().getFirst().nanos();
    }

    private static void hangUp(PairPhone one, PairPhone other) {
        one.hangUp();
        other.awaitEnded(Scenarios.SOON);
    }

    /// What becomes of somebody whose other one is at another carrier, or in a browser, and for whom no way
    /// back is configured.
    private String alone(PairPhone left, long since) {
        if (left instanceof ClientPhones.Side browser) {
            awaitLost(browser);
            return "lost";
        }
        long released = left.awaitEnded(ALONE.plus(Scenarios.BUSY));
        assertTrue(isTold(left, since), () -> "told before they are released: " + left.history());
        Scenarios.within(ALONE, since, released, "released");
        return "%.1f s".formatted(Duration.ofNanos(released - since).toMillis() / 1000.0);
    }

    private static void awaitLost(ClientPhones.Side browser) {
        Poll.until(
                Scenarios.SOON,
                () -> browser.phone().words().contains("lost"),
                () -> "says that it is lost: " + browser.history());
    }

    /// Whether they heard somebody speak for two seconds, or the carrier says what it played.
    private boolean isTold(PairPhone left, long since) {
        if (left instanceof CarrierPhones.Side side) {
            return side.carrier().journal().of(What.VERB).stream()
                    .filter(each -> each.call().equals(side.call().id()) && each.nanos() > since)
                    .map(Happening::detail)
                    .anyMatch(verb -> verb.startsWith("Say") || verb.startsWith("Play"));
        }
        SoundTimeline heard = left.heard();
        return Scenarios.loudMillis(heard.between(since + 500_000_000, left.endedNanos()).pcm())
                > 2000;
    }

    /// What becomes of the one who called, and of the one who was rung for them.
    String ringing() {
        if (pair == Pair.SIP_SIP) {
            rung.answer();
            ringingCaller.awaitUp(Scenarios.SOON);
            Scenarios.bothHear(ringingCaller, rung, killed, ToneWord.W3, ToneWord.V5);
            hangUp(rung, ringingCaller);
            return "unnoticed";
        }
        if (pair.isOfOneCarrier()) {
            long answered = System.nanoTime();
            rung.answer();
            String cell =
                    Scenarios.within(
                            TOGETHER, answered, together(ringingCaller, rung), "both in a room");
            Scenarios.bothHear(ringingCaller, rung, killed, ToneWord.W3, ToneWord.V5);
            hangUp(rung, ringingCaller);
            return cell;
        }
        if (pair.caller() == Kind.SIP) {
            try {
                String through = throughWithoutUs();
                long answered = System.nanoTime();
                rung.answer();
                return through + ", " + alone(rung, answered);
            } finally {
                release(rung);
            }
        }
        if (lab.hasWayBack() && pair.caller().hasRest()) {
            return ringsOn();
        }
        String stops =
                Scenarios.within(
                        RINGING, killed, rung.awaitEnded(Scenarios.SOON), "the ringing stops");
        try {
            return alone(ringingCaller, killed) + ", " + stops;
        } finally {
            release(ringingCaller);
        }
    }

    /// The one who was rung rings on for the caller, whom their carrier brings back, and when they answer the two talk.
    String ringsOn() {
        try {
            String back = Scenarios.within(BACK, killed, awaitBack(), "the caller is back");
            assertTrue(rung.endedNanos() < 0, () -> "rings on: " + rung.history());
            long answered = System.nanoTime();
            rung.answer();
            String joined =
                    Scenarios.within(
                            TOGETHER, answered, bothHeard(ringingCaller, rung), "they talk");
            long hungUp = System.nanoTime();
            rung.hangUp();
            long released = ringingCaller.awaitEnded(Scenarios.SOON);
            return "rings on, back "
                    + back
                    + ", joined "
                    + joined
                    + ", then "
                    + Scenarios.within(
                            Scenarios.RELEASE, hungUp, released, "the caller is released");
        } finally {
            release(ringingCaller);
            release(rung);
        }
    }

    /// When the caller's carrier had brought them back, which is waited for.
    long awaitBack() {
        CarrierPhones.Side side = (CarrierPhones.Side) ringingCaller;
        Poll.until(
                Scenarios.SOON,
                () -> !side.comings().isEmpty(),
                () -> "the caller comes back: " + side.history());
        return side.comings().getFirst().nanos();
    }

    /// The one who called, and waits.
    PairPhone ringingCaller() {
        return ringingCaller;
    }

    /// The one who was rung for them.
    PairPhone rung() {
        return rung;
    }

    /// When it happened.
    long killedNanos() {
        return killed;
    }

    /// Asterisk rings the destination that it has for the number.
    private String throughWithoutUs() {
        PairPhone destination = lab.awaitRungOverSip(RealAsterisk.DESTINATION, Scenarios.SOON);
        ringingCaller.awaitUp(Scenarios.SOON);
        Scenarios.bothHear(ringingCaller, destination, killed, ToneWord.W3, ToneWord.V5);
        hangUp(ringingCaller, destination);
        return "joined";
    }

    /// What becomes of whoever calls while the gateway is not there.
    String arriving() {
        int line = pair.caller() == Kind.SIP ? KNOWN_LINE : TALKING_LINE + 2;
        long called = System.nanoTime();
        PairPhone caller = lab.call(line);
        PairPhone destination =
                pair.caller() == Kind.SIP
                        ? lab.awaitRungOverSip(RealAsterisk.DESTINATION, Scenarios.SOON)
                        : lab.awaitRungByFallback(line, Scenarios.SOON);
        destination.awaitUp(Scenarios.SOON);
        caller.awaitUp(Scenarios.SOON);
        Scenarios.bothHear(caller, destination, called, ToneWord.W3, ToneWord.V5);
        hangUp(caller, destination);
        return "put through";
    }

    /// A browser comes back by itself once the gateway is there again.
    String comesBack() {
        backOn(TALKING_LINE, talking.caller(), talking.destination());
        if (rings(pair)) {
            backOn(ringingLine, ringingCaller, rung);
        }
        return "talks again";
    }

    private void backOn(int line, PairPhone caller, PairPhone before) {
        PairPhone destination =
                pair.destination() == Kind.BROWSER ? before : lab.awaitRung(line, Scenarios.SOON);
        destination.awaitUp(Scenarios.SOON);
        caller.awaitUp(Scenarios.SOON);
        try (JoinedPair back = lab.joined(line, caller, destination, Scenarios.SOON)) {
            Scenarios.bothHear(caller, destination, back.sinceNanos(), ToneWord.W4, ToneWord.V2);
        }
    }

    /// Starts the gateway again. Whoever comes back to it finds a telephone that answers; whoever only waits
    /// goes before.
    void end() {
        if (rings(pair)) {
            lab.answerWhenTold(ringingLine, false);
        } else {
            ringingCaller.hangUp();
        }
        lab.restart();
    }
}
