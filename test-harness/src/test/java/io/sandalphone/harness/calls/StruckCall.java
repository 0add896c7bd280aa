package io.sandalphone.harness.calls;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.EventWatch;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One call through one fault: what its caller says, and whether what was heard is as it must be.
///
/// The caller says [#STRUCK] when the fault strikes, [#VOICE] without end while it lasts, and
/// [#AGAIN] when it is over.
final class StruckCall {
    /// Said before the fault, so long that its translation still sounds when the fault is noticed.
    static final List<ToneWord> LEAD =
            List.of(ToneWord.W1, ToneWord.W2, ToneWord.W3, ToneWord.W4, ToneWord.W1, ToneWord.W2);

    /// More words than a short answer has, which may be the same in both languages ("No.").
    static final List<ToneWord> STRUCK =
            List.of(ToneWord.W5, ToneWord.W6, ToneWord.W5, ToneWord.W6);

    static final ToneWord AGAIN = ToneWord.W7;

    /// A hum, which the recognizer hears and nobody translates: it shows how loud the caller's own
    /// voice is.
    static final ToneWord VOICE = ToneWord.V8;

    static final ToneSpeech QUICK =
            new ToneSpeech(Duration.ofMillis(120), Duration.ofMillis(60), -22);

    /// Longer than the voice detector hears on and is patient, so that what follows is another
    /// utterance.
    static final Duration PAUSE = Duration.ofMillis(780);

    private static final long MILLI = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long BACK_WITHIN = 500 * MILLI;
    private static final long EDGE = 40 * MILLI;
    private static final long NANOS_PER_SAMPLE = 125_000;

    /// What ends a turn at the recognizer.
    private static final long TURN = 400 * MILLI;

    /// When at the latest the voice is heard, after the fault struck.
    private static final long VOICE_AFTER = 1960 * MILLI;

    /// When at the latest a translation would be over that nothing keeps back, after the fault struck.
    private static final long LONGEST_TRANSLATION = 3600 * MILLI;

    /// How long the voice is to be seen to stay.
    private static final long STAYS = 200 * MILLI;

    /// From one level to the other, through the bridge.
    private static final long RISE = 250 * MILLI;

    private final JoinedCall call;
    private final FaultTiming moment;
    private final ExpectedEffect effect;
    private final long epochNanos = System.nanoTime() - System.currentTimeMillis() * 1_000_000L;
    private final long begun = System.nanoTime();
    private long struck = begun;
    private long recovered;
    private long hushed;

    /// Of `call`, from now on.
    StruckCall(JoinedCall call, FaultTiming moment, Chaos chaos) {
        this.call = call;
        this.moment = moment;
        effect = chaos.effect(moment);
    }

    FaultTiming moment() {
        return moment;
    }

    ExpectedEffect effect() {
        return effect;
    }

    /// Says [#LEAD], and waits until its translation begins to be heard.
    void lead() {
        call.caller().media().say(QUICK.render(LEAD));
        await(LEAD, StruckCall::sounds);
    }

    /// Says what the fault strikes, and after a pause [#VOICE] until [#hush]. Answers when it begins.
    long speak() {
        var media = call.caller().media();
        long begins = media.say(QUICK.render(STRUCK));
        media.say(silence(PAUSE));
        media.repeat(QUICK.withWord(Duration.ofSeconds(20)).render(VOICE));
        return begins;
    }

    private static short[] silence(Duration length) {
        return new short[Math.toIntExact(length.toNanos() / NANOS_PER_SAMPLE)];
    }

    /// When the fault struck.
    void struck(long nanos) {
        struck = nanos;
    }

    /// Until when at least the fault lasted.
    void recovered(long nanos) {
        recovered = nanos;
    }

    /// Waits until the fault can do no more to what it struck.
    void awaitFate() {
        switch (effect) {
            case LOST -> {
                await("translation", this::lost);
                until(Math.max(lossNanos(), struck + VOICE_AFTER) + BACK_WITHIN + STAYS);
            }
            case ABSORBED -> await(STRUCK, StruckCall::sounds);
            // By then a translation would be over that nothing keeps back.
            case LEFT -> until(struck + LONGEST_TRANSLATION);
        }
    }

    /// Waits until all that was to be voiced is.
    void awaitVoiced() {
        if (effect == ExpectedEffect.ABSORBED) {
            await(STRUCK, StruckCall::hasSounded);
            until(System.nanoTime() + RISE + STAYS);
        }
    }

    private static void until(long nanos) {
        Poll.until(PATIENCE, () -> System.nanoTime() >= nanos, "time goes by");
    }

    void hush() {
        call.caller().media().hush();
        hushed = System.nanoTime();
    }

    void awaitBack() {
        await("translation", this::available);
    }

    /// After a pause for [#VOICE] to be another utterance.
    void sayAgain() {
        until(hushed + TURN);
        call.caller().media().say(QUICK.render(AGAIN));
    }

    /// Waits until the last utterance has been translated and heard.
    void awaitAgain() {
        await(List.of(AGAIN), StruckCall::hasSounded);
        call.listen(Duration.ofMillis(100));
    }

    /// What the table says of it; throws what is wrong. To be asked after the last utterance.
    String verdict() {
        check(call.caller().isUp() && call.destination().isUp(), "the call does not live");
        long end = System.nanoTime();
        Heard caller = heard(call.caller().media().received().heardByTimestamp(), end);
        for (ToneWord word : ToneWord.values()) {
            double leaked = caller.tones().loudest(word);
            check(leaked < ToneDetector.LEAK_BOUND, "the caller hears " + word + " at " + leaked);
        }
        Heard destination = heard(call.destination().media().received().heardByTimestamp(), end);
        nothingTwice(destination);
        eachWordOnce();
        check(
                voiced(destination, List.of(AGAIN)) == 1 && last(destination, AGAIN) > hushed,
                "an utterance afterwards is not voiced: " + destination.tones().heard());
        return switch (effect) {
            case LOST -> lostAndBack(destination);
            case ABSORBED -> {
                neverLost();
                check(
                        voiced(destination, STRUCK) == STRUCK.size(),
                        "the utterance is not voiced: " + destination.tones().heard());
                yield full(destination, "untouched");
            }
            case LEFT -> {
                neverLost();
                check(
                        voiced(destination, STRUCK) == 0,
                        "the utterance is voiced: " + destination.tones().heard());
                yield full(destination, "left as said");
            }
        };
    }

    private String lostAndBack(Heard destination) {
        long loss = lossNanos();
        long bound = loss + BACK_WITHIN;
        var voice = new CallersVoice(destination, struck, hushed);
        long back = voice.fullSince() - Math.max(loss, voice.began() + EDGE);
        Optional<JsonNode> early =
                find("translation", event -> available(event) && at(event) < recovered);
        check(early.isEmpty(), "translation was reported back while it was lost: " + early);
        String told = "restored %d ms".formatted(Math.max(0, back / 1_000_000));
        check(back <= BACK_WITHIN, "only " + told + voice.levels());
        for (List<ToneWord> said : List.of(LEAD, STRUCK)) {
            for (ToneWord word : said) {
                check(
                        last(destination, word) <= bound,
                        word + " is voiced after the loss: " + destination.tones().heard());
            }
        }
        return told;
    }

    /// `verdict`, if the caller's voice is at full level as soon as no translation is heard.
    private String full(Heard destination, String verdict) {
        long translated =
                Stream.of(LEAD, STRUCK)
                        .flatMap(List::stream)
                        .mapToLong(word -> last(destination, word))
                        .max()
                        .orElseThrow();
        var voice = new CallersVoice(destination, struck, hushed);
        long bound = Math.max(voice.began() + EDGE, translated + RISE);
        long late = (voice.fullSince() - bound) / 1_000_000;
        check(late <= 0, "the voice is at full level %d ms late".formatted(late) + voice.levels());
        return verdict;
    }

    private void neverLost() {
        Optional<JsonNode> lost = find("translation", this::lost);
        check(lost.isEmpty(), "translation was reported lost: " + lost);
    }

    /// No word is heard longer than it was said, translated or as it was said, however often a
    /// busy machine broke it into pieces.
    private static void nothingTwice(Heard destination) {
        List<ToneWord> said = new ArrayList<>(LEAD);
        said.addAll(STRUCK);
        said.add(AGAIN);
        for (ToneWord word : Set.copyOf(said)) {
            long times = said.stream().filter(word::equals).count();
            check(
                    isHeardOnce(destination, word, QUICK, times)
                            && isHeardOnce(destination, word.translated(), ToneSpeech.USUAL, times),
                    word + " is heard more than once: " + destination.tones().heard());
        }
    }

    /// However it was cut, each word is captioned once and in its order; those of an utterance that is not spoken need not
    /// be, nor those that a fault put into the other language.
    private void eachWordOnce() {
        List<ToneWord> captioned =
                captioned().all().stream()
                        .filter(word -> word.language().equals(ToneWord.ENGLISH))
                        .toList();
        List<ToneWord> said =
                Stream.of(
                                moment == FaultTiming.DURING ? LEAD : List.<ToneWord>of(),
                                STRUCK,
                                List.of(AGAIN))
                        .flatMap(List::stream)
                        .toList();
        boolean held =
                effect == ExpectedEffect.ABSORBED
                        ? captioned.equals(said)
                        : CaptionedWords.isWithin(said, captioned);
        check(held, "captions hold " + captioned + " of " + said);
    }

    private static boolean isHeardOnce(
            Heard destination, ToneWord word, ToneSpeech voice, long times) {
        return destination.millis(word) < voice.word().toMillis() * (times + 0.4);
    }

    /// How many of the words are heard in translation.
    private static long voiced(Heard destination, List<ToneWord> said) {
        return said.stream().filter(word -> destination.millis(word.translated()) > 0).count();
    }

    /// When the last of the word's translation was heard; long ago if it was not.
    private static long last(Heard destination, ToneWord word) {
        return destination.tones().heard(word.translated()).stream()
                .mapToLong(tone -> destination.sound().nanosAt(tone.endMillis()))
                .max()
                .orElse(Long.MIN_VALUE / 2);
    }

    private Heard heard(SoundTimeline whole, long end) {
        SoundTimeline sound = whole.between(begun, end);
        return new Heard(sound, ToneDetector.listen(sound.pcm()));
    }

    /// When translation was reported lost.
    private long lossNanos() {
        return find("translation", this::lost).map(this::at).orElse(Long.MAX_VALUE);
    }

    private boolean lost(JsonNode event) {
        return !event.path("available").asBoolean() && at(event) >= struck - 50_000_000L;
    }

    private boolean available(JsonNode event) {
        return event.path("available").asBoolean() && at(event) > lossNanos();
    }

    private static boolean sounds(JsonNode caption) {
        return caption.path("first_audio_ms").isNumber();
    }

    private static boolean hasSounded(JsonNode caption) {
        return caption.path("audio_end_ms").isNumber();
    }

    /// What was said since this call is looked at.
    private CaptionedWords captioned() {
        return new CaptionedWords(
                events().stream()
                        .filter(event -> event.name().equals("caption"))
                        .map(EventWatch.Event::data)
                        .filter(
                                caption ->
                                        epochNanos
                                                        + caption.path("speech_start_ms").asLong()
                                                                * MILLI
                                                > begun - 200 * MILLI));
    }

    private long at(JsonNode event) {
        return epochNanos + event.path("at_ms").asLong() * 1_000_000;
    }

    /// Waits until captions hold these words, all of them in utterances that are as `wanted`.
    private void await(List<ToneWord> words, Predicate<JsonNode> wanted) {
        Poll.until(
                PATIENCE,
                () -> captioned().hold(words, wanted),
                () -> moment + ": captions of " + words + " come; there were " + events());
    }

    private void await(String name, Predicate<JsonNode> wanted) {
        Poll.until(
                PATIENCE,
                () -> find(name, wanted).isPresent(),
                () -> moment + ": an event " + name + " comes; there were " + events());
    }

    private Optional<JsonNode> find(String name, Predicate<JsonNode> wanted) {
        return events().stream()
                .filter(event -> event.name().equals(name))
                .map(EventWatch.Event::data)
                .filter(wanted)
                .findFirst();
    }

    /// Of this call.
    private List<EventWatch.Event> events() {
        return call.events().events().stream()
                .filter(event -> event.data().path("call").asText().equals(call.id()))
                .toList();
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
