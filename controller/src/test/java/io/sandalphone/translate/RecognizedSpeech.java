package io.sandalphone.translate;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptEvent.Word;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// What somebody says in some utterances, as a recognizer that settles its words one after another tells of it, and
/// as a voice detector hears it: drawn from a seed, and always the same of the same seed.
///
/// Taken for granted: settled words stay as they are but for capitals and marks; of those that have not settled only the last
/// one may turn out to be another one. The end of an utterance spells words with capitals and marks, and numbers in
/// digits; it holds all that had settled. Within what must stay whole nobody is silent for 600 ms, nor for 200 within an address,
/// the voice detector does not err, and no beginning of a word is told when it is over.
final class RecognizedSpeech {
    /// What is drawn.
    ///
    /// @param utterances how many at most
    /// @param wholes how many in a hundred things said must stay whole
    /// @param lies whether the voice detector errs: hears nobody within words, or somebody within pauses
    /// @param mishaps whether utterances may go on with another recognizer, have no words, no end, or words after their end
    record Habits(int utterances, int wholes, boolean lies, boolean mishaps) {}

    /// What a recognizer tells at one moment.
    record Told(long millis, TranscriptEvent event) {}

    private record Thing(List<String> told, String written) {
        static Thing of(String both) {
            String[] parts = both.split("=", -1);
            return new Thing(List.of(parts[0].split(" ", -1)), parts[1]);
        }
    }

    private static final class Heard {
        final String text;
        final long start;
        final long end;

        /// Whether it belongs to what must stay whole.
        final boolean whole;

        /// The spellings in which it was told, the right one first.
        final Set<String> as = new LinkedHashSet<>();

        Heard(String text, long start, long end, boolean whole) {
            this.text = text;
            this.start = start;
            this.end = end;
            this.whole = whole;
            as.add(text);
        }
    }

    private record Piece(List<Heard> words, String written, boolean whole) {}

    private static final List<String> ENGLISH =
            words(
                    "i called the office and but because mother came please where is my to it thank"
                        + " you yes not doctor street of he was ill go there sonny son a no never"
                        + " yesterday morning nobody answered hospital nearest so that we could"
                        + " talk very important well however water if when then who knows");
    private static final List<String> SPANISH =
            words(
                    "llamé a la oficina y pero porque mi madre vino por favor dónde está el no que"
                        + " gracias sí calle de él enfermo hijo hijito una nunca ayer mañana nadie"
                        + " contestó hospital más cercano así podríamos hablar muy importante bueno"
                        + " agua si cuando entonces quién sabe");
    private static final List<Thing> ENGLISH_WHOLES =
            List.of(
                    Thing.of("twenty five=25"),
                    Thing.of("twenty five dollars=$25"),
                    Thing.of("one hundred and twenty=120"),
                    Thing.of("five hundred thousand=500,000"),
                    Thing.of("three thousand two hundred and ten=3,210"),
                    Thing.of("one point five percent=1.5%"),
                    Thing.of("three thirty p m=3:30 p.m."),
                    Thing.of("half past three=half past 3"),
                    Thing.of("january fifth twenty twenty six=January 5, 2026"),
                    Thing.of("fifth of january=5th of January"),
                    Thing.of("j o h n=J-O-H-N"),
                    Thing.of("s m i t h=S-M-I-T-H"),
                    Thing.of("john at gmail dot com=john@gmail.com"),
                    Thing.of("four one five five five five oh one two three=415-555-0123"),
                    Thing.of("five five five oh one nine nine=555-0199"),
                    Thing.of("415 555 0123=(415) 555-0123"),
                    Thing.of("25 dollars=$25"),
                    Thing.of("$25=$25"),
                    Thing.of("3:30 p.m.=3:30 PM"),
                    Thing.of("january 5 2026=January 5, 2026"),
                    Thing.of("john@gmail.com=john@gmail.com"));
    private static final List<Thing> SPANISH_WHOLES =
            List.of(
                    Thing.of("veinticinco=25"),
                    Thing.of("treinta y cinco=35"),
                    Thing.of("treinta y cinco euros=35 €"),
                    Thing.of("mil doscientos=1.200"),
                    Thing.of("tres mil doscientos diez=3.210"),
                    Thing.of("cinco de enero de dos mil veintiséis=5 de enero de 2026"),
                    Thing.of("tres y media=3:30"),
                    Thing.of("cuatro menos cuarto=4 menos cuarto"),
                    Thing.of("j u a n=J-U-A-N"),
                    Thing.of("juan arroba gmail punto com=juan@gmail.com"),
                    Thing.of("seis uno dos tres cuatro cinco seis siete ocho=612 345 678"),
                    Thing.of("612 345 678=612345678"),
                    Thing.of("25 euros=25 €"),
                    Thing.of("15:30=15:30"),
                    Thing.of("uno coma cinco por ciento=1,5 %"));

    private final Random chance;
    private final Habits habits;
    private final Language language;
    private final VoicedOnce expected = new VoicedOnce();
    private final List<Told> told = new ArrayList<>();
    private final BitSet voiced = new BitSet();
    private final int vadLag;
    private final boolean endsAtWords;

    /// Until when somebody has been speaking, or an utterance lasts, in milliseconds.
    private long now;

    private int utterances;

    private RecognizedSpeech(long seed, Habits habits) {
        chance = new Random(seed * 0x9E3779B97F4A7C15L);
        this.habits = habits;
        language = new Language(chance.nextBoolean() ? "en" : "es");
        vadLag = chance.nextInt(8);
        endsAtWords = chance.nextBoolean();
    }

    /// What the seed `seed` draws.
    static RecognizedSpeech of(long seed, Habits habits) {
        var speech = new RecognizedSpeech(seed, habits);
        speech.now = 300L + speech.chance.nextInt(500);
        speech.utterances = 1 + speech.chance.nextInt(habits.utterances);
        for (int n = speech.utterances; n > 0; n--) {
            if (habits.mishaps && speech.happens(8)) {
                speech.utterWithoutWords();
            } else {
                speech.utter();
            }
        }
        speech.now += 2500;
        return speech;
    }

    /// How many utterances there are.
    int utterances() {
        return utterances;
    }

    /// What they speak.
    Language language() {
        return language;
    }

    /// What is told of it, in this order.
    List<Told> told() {
        return told;
    }

    /// How many frames all of it lasts.
    int frames() {
        return (int)
                (Math.max(now, told.isEmpty() ? 0 : told.getLast().millis) / AudioFrame.MILLIS
                        + 50);
    }

    /// Whether the voice detector hears somebody in this frame.
    boolean voiced(int frame) {
        return voiced.get(frame);
    }

    /// What must be voiced of it.
    VoicedOnce expected() {
        return expected;
    }

    private void utterWithoutWords() {
        long start = now;
        now += 200 + chance.nextInt(400);
        voice(start, now);
        long at = Math.max(now + chance.nextInt(500), last());
        if (happens(50)) {
            tell(at, new TranscriptEvent.Partial(List.of(), "", "", samples(start), samples(now)));
        }
        if (happens(30)) {
            String ghost = some(vocabulary());
            tell(
                    at,
                    new TranscriptEvent.Partial(
                            List.of(),
                            List.of(new Word(ghost, samples(start), samples(now))),
                            "",
                            "",
                            samples(start),
                            samples(now)));
            expected.then(List.of(Set.of(ghost)), ghost, false, VoicedOnce.Need.MAYBE);
        }
        at += 300 + chance.nextInt(600);
        tell(
                at,
                happens(50)
                        ? new TranscriptEvent.Nothing(samples(start), samples(now))
                        : new TranscriptEvent.Final(
                                " ", samples(start), samples(now), Optional.empty()));
        rest();
    }

    private void utter() {
        expected.begin();
        long begun = now;
        now += chance.nextInt(300);
        List<Piece> pieces = say();
        List<Heard> words =
                pieces.stream().flatMap(piece -> piece.words.stream()).collect(Collectors.toList());
        var first = new Pass(words, 0, List.of(), happens(50) ? begun : words.getFirst().start);
        int told = words.size() > 1 && happens(15) ? chance.nextInt(words.size()) : words.size();
        if (habits.mishaps && happens(8)) {
            first.tell(told, last());
            need(pieces, 0, VoicedOnce.Need.AS_FAR_AS);
        } else if (habits.mishaps && happens(20)) {
            first.tell(chance.nextInt(words.size() + 1), last());
            List<Word> carried = first.settledWords();
            var second = new Pass(words, carried.size(), carried, first.begun);
            if (!carried.isEmpty() && happens(20)) {
                long at = Math.max(last(), words.getLast().end + 560);
                end(at, text(carried), first.begun, words.getLast().end);
                need(pieces, carried.size(), VoicedOnce.Need.AS_FAR_AS);
            } else {
                long since = last() + 200 + chance.nextInt(1000);
                second.tell(
                        carried.size() + chance.nextInt(words.size() - carried.size() + 1), since);
                finish(pieces, carried, second, words);
            }
        } else {
            first.tell(told, last());
            finish(pieces, List.of(), first, words);
        }
        rest();
    }

    /// The recognizer tells the end of the utterance, behind the words it was not to hear again.
    private void finish(List<Piece> pieces, List<Word> carried, Pass pass, List<Heard> words) {
        List<String> texts = new ArrayList<>(carried.stream().map(Word::text).toList());
        int at = 0;
        for (Piece piece : pieces) {
            int size = piece.words.size();
            if (at >= carried.size()) {
                texts.add(piece.written);
            } else {
                piece.words.stream()
                        .skip(carried.size() - at)
                        .forEach(word -> texts.add(word.text));
            }
            at += size;
        }
        long said = words.getLast().end;
        long moment = Math.max(last() + chance.nextInt(300), said + 100 + chance.nextInt(1200));
        end(moment, String.join(" ", texts), pass.begun, said + chance.nextInt(200));
        if (habits.mishaps && happens(10) && !told.isEmpty()) {
            tell(last() + 20 + chance.nextInt(300), pass.partial());
        }
        need(pieces, words.size(), VoicedOnce.Need.ALL);
    }

    private void end(long at, String text, long from, long to) {
        tell(
                at,
                new TranscriptEvent.Final(
                        text,
                        samples(from),
                        samples(to),
                        happens(50) ? Optional.of(language) : Optional.empty()));
    }

    /// The first `sure` words must be voiced, the others so far as it comes.
    private void need(List<Piece> pieces, int sure, VoicedOnce.Need others) {
        int at = 0;
        for (Piece piece : pieces) {
            List<Set<String>> as = piece.words.stream().map(word -> word.as).toList();
            if (at + as.size() <= sure) {
                expected.then(as, piece.written, piece.whole, VoicedOnce.Need.ALL);
            } else {
                for (int i = 0; i < as.size(); i++) {
                    expected.then(
                            List.of(as.get(i)),
                            piece.words.get(i).text,
                            false,
                            at + i < sure ? VoicedOnce.Need.ALL : others);
                }
            }
            at += as.size();
        }
    }

    /// Says something, and gives it as it is at the end of the utterance.
    private List<Piece> say() {
        List<Piece> pieces = new ArrayList<>();
        int plain = 2;
        int length = happens(15) ? 1 : 1 + chance.nextInt(happens(20) ? 45 : 14);
        while (pieces.size() < length) {
            if (plain >= 2 && happens(habits.wholes)) {
                Thing thing = some(english() ? ENGLISH_WHOLES : SPANISH_WHOLES);
                pieces.add(piece(thing.told, happens(70) ? thing.written : plainly(thing), true));
                plain = 0;
            } else {
                String word = some(vocabulary());
                int times = happens(5) ? 1 + chance.nextInt(8) : 1;
                for (int i = 0; i < times; i++) {
                    pieces.add(piece(List.of(word), marked(word), false));
                }
                plain++;
            }
        }
        return pieces;
    }

    private static String plainly(Thing thing) {
        return String.join(" ", thing.told);
    }

    private Piece piece(List<String> texts, String written, boolean whole) {
        List<Heard> words = new ArrayList<>();
        if (happens(12)) {
            now += 150 + chance.nextInt(habits.lies ? 900 : 500);
        }
        for (String text : texts) {
            if (!words.isEmpty()) {
                boolean pause = happens(25) && !texts.contains("com");
                now += pause ? chance.nextInt(440) : chance.nextInt(60);
            }
            long start = now;
            now += 120 + chance.nextInt(380);
            words.add(new Heard(text, start, now, whole));
            if (whole || !habits.lies || !happens(4)) {
                voice(start, now);
            }
            if (!whole && habits.lies && happens(4)) {
                int from = frame(start) + chance.nextInt(10);
                voiced.clear(from, from + 1 + chance.nextInt(30));
            }
        }
        now += chance.nextInt(60);
        return new Piece(words, written, whole);
    }

    private void voice(long from, long to) {
        voiced.set(frame(from), frame(to) + 1 + vadLag);
    }

    /// Nobody speaks for a while, but something may be heard.
    private void rest() {
        now += happens(30) ? 250 + chance.nextInt(400) : 600 + chance.nextInt(1500);
        if (habits.lies && happens(10)) {
            voiced.set(frame(now - 200), frame(now - 200) + 1 + chance.nextInt(8));
        }
    }

    /// One recognizer hears the words from `first` on; others told those before it.
    private final class Pass {
        private final List<Word> words = new ArrayList<>();
        private final List<Heard> heard;
        private final List<Word> carried;
        private final int first;
        final long begun;
        private final boolean marks = happens(20);
        private int settled;
        private List<Word> newest = List.of();
        private long end;

        Pass(List<Heard> heard, int first, List<Word> carried, long begun) {
            this.heard = heard;
            this.first = first;
            this.carried = carried;
            this.begun = begun;
            settled = first;
            end = begun;
            long before = begun;
            for (Heard word : heard) {
                long start = Math.max(before, word.start + chance.nextInt(80) - 40);
                before = Math.max(start + 20, word.end + chance.nextInt(80) - 40);
                words.add(new Word(word.text, samples(start), samples(before)));
            }
        }

        /// Tells of the words before `until`, from `since` on.
        void tell(int until, long since) {
            long at = since;
            for (int i = first; i < until; i++) {
                Heard word = heard.get(i);
                settled = Math.max(settled, i - chance.nextInt(3));
                long whole = Math.max(at, word.end + 50 + chance.nextInt(word.whole ? 200 : 450));
                if (happens(40) && !(word.whole && at > word.end)) {
                    String wrong =
                            !word.whole && happens(15)
                                    ? some(vocabulary())
                                    : word.text.substring(
                                            0, 1 + chance.nextInt(word.text.length()));
                    word.as.add(wrong);
                    at =
                            Math.max(
                                    at,
                                    Math.min(
                                            word.whole ? word.end : whole,
                                            word.start + 60 + chance.nextInt(400)));
                    show(at, i, Optional.of(wrong));
                }
                at = whole;
                show(at, i + 1, Optional.empty());
                if (happens(30)) {
                    at += chance.nextInt(word.whole ? 50 : 200);
                    settled = i + 1;
                    show(at, i + 1, Optional.empty());
                }
            }
        }

        private void show(long at, int until, Optional<String> beginning) {
            List<Word> open = new ArrayList<>(words.subList(Math.min(settled, until), until));
            beginning.ifPresent(
                    text -> {
                        Word word = words.get(until);
                        long all = word.end() - word.start();
                        long so = all * text.length() / word.text().length();
                        open.add(
                                new Word(
                                        text,
                                        word.start(),
                                        word.start() + Math.min(all, so + chance.nextInt(480))));
                    });
            newest = open;
            end =
                    endsAtWords
                            ? open.isEmpty()
                                    ? words.get(until - 1).end() / 8
                                    : open.getLast().end() / 8
                            : Math.max(at, open.isEmpty() ? 0 : open.getLast().end() / 8);
            RecognizedSpeech.this.tell(at, partial());
        }

        List<Word> settledWords() {
            List<Word> all = new ArrayList<>(carried);
            all.addAll(words.subList(first, settled));
            return all;
        }

        TranscriptEvent partial() {
            List<Word> all = new ArrayList<>(carried);
            for (int i = first; i < settled; i++) {
                Word word = words.get(i);
                all.add(
                        marks && !heard.get(i).whole && happens(50)
                                ? new Word(marked(word.text()), word.start(), word.end())
                                : word);
            }
            return new TranscriptEvent.Partial(
                    all,
                    newest,
                    "",
                    "",
                    carried.isEmpty() ? samples(begun) : carried.getFirst().start(),
                    all.isEmpty() ? samples(end) : Math.max(all.getLast().end(), samples(end)));
        }
    }

    private static String text(List<Word> words) {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    private void tell(long at, TranscriptEvent event) {
        told.add(new Told(Math.max(at, last()), event));
    }

    private long last() {
        return told.isEmpty() ? 0 : told.getLast().millis;
    }

    private boolean happens(int percent) {
        return chance.nextInt(100) < percent;
    }

    private <T> T some(List<T> of) {
        return of.get(chance.nextInt(of.size()));
    }

    private boolean english() {
        return language.base().equals("en");
    }

    private List<String> vocabulary() {
        return english() ? ENGLISH : SPANISH;
    }

    /// With a capital or a mark, or with neither.
    private String marked(String word) {
        String text =
                happens(20)
                        ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)
                        : word;
        return happens(20) ? text + some(List.of(",", ".", "?", "!", "...", ";")) : text;
    }

    private static int frame(long millis) {
        return (int) (millis / AudioFrame.MILLIS);
    }

    private static long samples(long millis) {
        return millis * AudioFrame.TELEPHONE_RATE / 1000;
    }

    private static List<String> words(String all) {
        return List.of(all.split(" ", -1));
    }

    /// All that is told, for who wants to see what a seed draws.
    @Override
    public String toString() {
        return told.stream()
                .map(
                        one ->
                                "%6d %s"
                                        .formatted(
                                                one.millis,
                                                switch (one.event) {
                                                    case TranscriptEvent.Partial partial ->
                                                            "%d-%d %s + %s"
                                                                    .formatted(
                                                                            partial.start() / 8,
                                                                            partial.end() / 8,
                                                                            show(partial.words()),
                                                                            show(partial.newest()));
                                                    case TranscriptEvent.Final end ->
                                                            "%d-%d FINAL %s"
                                                                    .formatted(
                                                                            end.start() / 8,
                                                                            end.end() / 8,
                                                                            end.text());
                                                    case TranscriptEvent.Nothing nothing ->
                                                            "%d-%d NOTHING"
                                                                    .formatted(
                                                                            nothing.start() / 8,
                                                                            nothing.end() / 8);
                                                }))
                .collect(Collectors.joining("\n"));
    }

    private static String show(List<Word> words) {
        return words.stream()
                .map(word -> word.text() + "@" + word.start() / 8 + "-" + word.end() / 8)
                .collect(Collectors.joining(" "));
    }
}
