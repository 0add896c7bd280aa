package io.sandalphone.harness.converse;

import io.sandalphone.harness.agents.Reached;
import io.sandalphone.harness.agents.Stretch;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.pairs.PairPhone;
import io.sandalphone.speech.Language;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// A telephone in a real call: what is said is voiced by the embedded voices, what the agent says is recognized by the embedded
/// recognizer. In real time. One thread.
final class RealPhone implements CallerPhone {
    /// What was heard is looked at so often: it is a recording that grows.
    private static final long LOOK_NANOS = 60_000_000;

    private static final long KEY_MILLIS = 200;

    private static final Duration SOON = Duration.ofSeconds(60);

    private final PairPhone phone;
    private final CallerVoice voice;
    private final CallerEar ear;
    private final Supplier<String> reason;
    private final Optional<Person> person;
    private final Supplier<Optional<List<String>>> messages;
    private final short[] background;
    private final long baseNanos;
    private final HeardSounds heard;
    private final List<CallTurns.Said> said = new ArrayList<>();
    private final Language language;
    private List<Stretch> sounds = List.of();
    private long lookedNanos;
    private String heardByPerson = "";
    private short[] personHeard = {};

    private RealPhone(
            PairPhone phone,
            CallerVoice voice,
            CallerEar ear,
            Supplier<String> reason,
            Optional<Person> person,
            Supplier<Optional<List<String>>> messages,
            Conversation conversation) {
        this.phone = phone;
        this.voice = voice;
        this.ear = ear;
        this.reason = reason;
        this.person = person;
        this.messages = messages;
        language = conversation.language();
        background = conversation.background().map(NoiseSound::of).orElseGet(() -> new short[0]);
        baseNanos = System.nanoTime();
        heard = new HeardSounds(baseNanos);
        phone.repeat(background);
    }

    /// Waits until `phone` is connected, to have `conversation`. `reason` gives why the call ended, once it has; `person` is whom the agent can put the
    /// caller through to, `messages` gives those that were delivered, where somebody receives them. Throws `IllegalStateException` when
    /// the call ends instead.
    static RealPhone connected(
            PairPhone phone,
            CallerVoice voice,
            CallerEar ear,
            Supplier<String> reason,
            Optional<Person> person,
            Supplier<Optional<List<String>>> messages,
            Conversation conversation) {
        awaitAnswered(phone);
        return new RealPhone(phone, voice, ear, reason, person, messages, conversation);
    }

    /// Waits until `phone` is connected. Throws `IllegalStateException` when its call ends instead.
    static void awaitAnswered(PairPhone phone) {
        Poll.until(
                SOON,
                () -> phone.isUp() || phone.endedNanos() >= 0,
                () -> "connected: " + phone.history());
        if (!phone.isUp()) {
            throw new IllegalStateException(
                    "the call was over before it could be had: " + phone.history());
        }
    }

    @Override
    public long now() {
        return millis(System.nanoTime());
    }

    private long millis(long nanos) {
        return (nanos - baseNanos) / 1_000_000;
    }

    @Override
    public void pass(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    @Override
    public Stretch say(String text, Language language, boolean interrupts) {
        Stretch when = sound(voice.of(text, language));
        said.add(new CallTurns.Said(text, language, when, interrupts));
        return when;
    }

    @Override
    public Stretch make(Noise noise, Duration lasting) {
        return sound(NoiseSound.of(noise, lasting));
    }

    private Stretch sound(short[] pcm) {
        long from = millis(phone.say(NoiseSound.mixed(pcm, background)));
        return new Stretch(from, from + pcm.length / 8);
    }

    @Override
    public Stretch press(String keys) {
        long from = now();
        keys.chars().forEach(key -> phone.press((char) key));
        return new Stretch(from, from + KEY_MILLIS * keys.length());
    }

    @Override
    public void hangUp() {
        phone.hangUp();
    }

    @Override
    public Optional<String> ended() {
        return phone.endedNanos() < 0 ? Optional.empty() : Optional.of(reason.get());
    }

    @Override
    public List<Stretch> agentSounds() {
        long now = System.nanoTime();
        if (now - lookedNanos > LOOK_NANOS) {
            lookedNanos = now;
            sounds = heard.in(phone.heard());
        }
        return sounds;
    }

    @Override
    public String agentWords(long from, long until, Language language) {
        SoundTimeline recording = phone.heard();
        long start = millis(recording.startNanos());
        List<Stretch> wanted =
                heard.in(recording).stream()
                        .filter(each -> each.until() > from && each.from() < until)
                        .map(
                                each ->
                                        new Stretch(
                                                Math.max(each.from(), from) - start,
                                                Math.min(each.until(), until) - start))
                        .toList();
        return ear.words(recording.pcm(), wanted, language);
    }

    @Override
    public Optional<List<String>> messages() {
        return messages.get();
    }

    /// Theirs is a telephone that answers.
    @Override
    public boolean hasPerson(Reached reached) {
        return person.isPresent() && reached == Reached.ANSWERS;
    }

    @Override
    public Optional<String> awaitPerson(Duration within) {
        Person wanted = person.orElseThrow();
        try {
            PairPhone rung = wanted.rung().apply(within);
            rung.awaitUp(SOON);
            Poll.until(SOON, wanted.joined(), "the two are joined");
            String told = words(rung, wanted.language());
            if (wanted.words().isPresent()) {
                heardByPerson = sayTo(rung, wanted.words().get(), wanted.language());
            }
            personHeard = rung.heard().pcm();
            return Optional.of(told);
        } catch (AssertionError e) {
            return Optional.empty();
        }
    }

    /// What `rung` has heard so far.
    private String words(PairPhone rung, Language spoken) {
        SoundTimeline recording = rung.heard();
        return ear.words(
                recording.pcm(), new HeardSounds(recording.startNanos()).in(recording), spoken);
    }

    /// The caller says `text` to them; gives what they heard of it: their language where an interpreter is between the two. Empty where they
    /// heard nothing of it.
    private String sayTo(PairPhone rung, String text, Language spoken) {
        Stretch said = sound(voice.of(text, language));
        long later = (baseNanos - rung.heard().startNanos()) / 1_000_000;
        var theirs = new Stretch(said.from() + later, said.until() + later);
        boolean interpreted = !spoken.sameAs(language);
        var sounds = new HeardSounds(rung.heard().startNanos());
        var heard = new CompletableFuture<List<Stretch>>();
        try {
            Poll.until(
                    SOON,
                    () -> {
                        SoundTimeline recording = rung.heard();
                        Optional<List<Stretch>> all =
                                HeardFromCaller.in(
                                        sounds.in(recording),
                                        theirs,
                                        interpreted,
                                        recording.millisAt(System.nanoTime()));
                        all.ifPresent(heard::complete);
                        return heard.isDone();
                    },
                    "they hear the caller");
        } catch (AssertionError nothing) {
            return "";
        }
        return ear.words(rung.heard().pcm(), heard.join(), spoken);
    }

    /// What the person heard when the caller spoke to them; empty where nobody did.
    String heardByPerson() {
        return heardByPerson;
    }

    /// All that the person heard: 8 kHz.
    short[] recordedByPerson() {
        return personHeard;
    }

    /// Who said what when, in a call that is over.
    List<CallTurn> turns(Language language) {
        return new CallTurns(
                        said,
                        heard.in(phone.heard()),
                        (from, until) -> agentWords(from, until, language))
                .all();
    }

    /// What the caller said, from the beginning of the call on.
    short[] recordedSaid() {
        int length = 0;
        for (CallTurns.Said each : said) {
            length = Math.max(length, (int) each.when().until() * 8 + 8);
        }
        var pcm = new short[length];
        for (CallTurns.Said each : said) {
            short[] sound = voice.of(each.text(), each.language());
            System.arraycopy(
                    sound,
                    0,
                    pcm,
                    (int) each.when().from() * 8,
                    Math.min(sound.length, length - (int) each.when().from() * 8));
        }
        return pcm;
    }

    /// What the caller heard, likewise.
    short[] recordedHeard() {
        return phone.heard().between(baseNanos, System.nanoTime()).pcm();
    }

    @Override
    public void close() {
        if (phone.endedNanos() < 0) {
            phone.hangUp();
        }
    }
}
