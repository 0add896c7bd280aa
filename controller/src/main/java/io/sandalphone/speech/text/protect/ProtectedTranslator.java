package io.sandalphone.speech.text.protect;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.text.number.Comparison;
import io.sandalphone.speech.text.number.ReadText;
import io.sandalphone.speech.text.number.Reading;
import io.sandalphone.speech.text.number.Token;
import io.sandalphone.speech.text.number.ValueReader;
import io.sandalphone.speech.text.protect.PlaceholderText.Revealed;
import io.sandalphone.speech.text.value.NumericToken;
import io.sandalphone.speech.text.value.Value;
import io.sandalphone.speech.text.value.Written;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Translates with another translator and sees to it that numbers, amounts, dates, times, telephone
/// numbers, addresses, names and the operator's terms arrive whole: each once, with the value and the
/// unit it had, whether in digits or in words.
///
/// When one does not, the words between them are translated piece by piece and they are set in as
/// they are: less fluent, and right. A translation that even so says another number, or that denies
/// what was affirmed, is a [SpeechException.Kind#REQUEST]: what is wrong is not spoken.
///
/// A date in digits is read the way the speaker's language writes it and spoken with the name of its
/// month, so that day and month cannot change places.
public final class ProtectedTranslator implements Translator {
    /// How one text fared.
    ///
    /// @param guarded what was taken past the translator, or watched through it
    /// @param sent what the translator saw first, and `answer` what it made of it
    /// @param attempts how many times it was asked for the whole or for pieces of it: 1, or 2
    /// @param voiced what may be spoken; empty when nothing may, for a `reason`
    public record Outcome(
            List<Protected> guarded,
            String sent,
            String answer,
            int attempts,
            Optional<String> voiced,
            String reason) {
        public Outcome {
            guarded = List.copyOf(guarded);
        }

        /// Whether it was mended.
        public boolean repaired() {
            return voiced.isPresent() && attempts > 1;
        }
    }

    private record Pair(Language from, Language to) {}

    private static final Pattern DIGITS = Pattern.compile("(?<![\\p{L}\\d])" + NumericToken.DIGITS);

    private static final Pattern KEPT_SIGN =
            Pattern.compile("[$€£][\\d.,]++(?:\\s(?:[mb]ill\\p{L}++|mil|thousand))?+");

    private final Translator translator;
    private final Glossary glossary;
    private final ProtectionMeters meters;
    private final Map<Pair, SpanFinder> finders = new ConcurrentHashMap<>();

    public ProtectedTranslator(Translator translator, Glossary glossary, ProtectionMeters meters) {
        this.translator = translator;
        this.glossary = glossary;
        this.meters = meters;
    }

    @Override
    public String name() {
        return translator.name();
    }

    @Override
    public Optional<String> unavailableReason() {
        return translator.unavailableReason();
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        return translator.check();
    }

    @Override
    public boolean translates(Language from, Language to) {
        return translator.translates(from, to);
    }

    @Override
    public String translate(TranslationRequest request)
            throws SpeechException, InterruptedException {
        Outcome outcome = attempt(request);
        if (outcome.voiced().isEmpty()) {
            throw new SpeechException(
                    SpeechException.Kind.REQUEST, "the translation says something else");
        }
        return outcome.voiced().get();
    }

    /// Translates, and says how it went. The reason may hold what was said.
    public Outcome attempt(TranslationRequest request)
            throws SpeechException, InterruptedException {
        List<Span> spans = spans(request);
        var placeholders = new PlaceholderText(request.text(), spans);
        String answer = translator.translate(request.withText(placeholders.sent()));
        Checked checked = checked(request, spans, placeholders.revealed(answer));
        if (checked.whole.isPresent()) {
            return outcome(request, spans, placeholders, answer, 1, checked);
        }
        meters.repaired().increment();
        List<Span> kept = mending(request, spans);
        List<String> between = new ArrayList<>();
        for (String piece : between(request.text(), kept)) {
            between.add(translated(request, piece));
        }
        Checked mended = checked(request, spans, Optional.of(joined(kept, between)));
        if (mended.whole.isEmpty()) {
            meters.refused().increment();
        }
        return outcome(request, spans, placeholders, answer, 2, mended);
    }

    /// What would become of `translation`, given as the translator's answer, in which everything stands
    /// in plain sight. Nothing is translated: it is mended only where that takes no words.
    public Outcome given(TranslationRequest request, String translation) {
        List<Span> spans = spans(request);
        var placeholders = new PlaceholderText(request.text(), spans);
        ReadText said = said(request, spans);
        ReadText plain = ValueReader.read(translation, request.to(), List.of());
        String answer =
                placeholders.masked(translation, (span, free) -> same(said, plain, span, free));
        Checked checked = checked(request, spans, placeholders.revealed(answer));
        List<Span> kept = mending(request, spans);
        List<String> between = between(request.text(), kept);
        if (checked.whole.isPresent() || between.stream().anyMatch(ProtectedTranslator::hasWords)) {
            return outcome(request, spans, placeholders, answer, 1, checked);
        }
        Checked mended = checked(request, spans, Optional.of(joined(kept, between)));
        return outcome(request, spans, placeholders, answer, 2, mended);
    }

    private List<Span> spans(TranslationRequest request) {
        return finders.computeIfAbsent(
                        new Pair(request.from(), request.to()),
                        pair -> new SpanFinder(glossary, pair.from(), pair.to()))
                .in(request.text());
    }

    private static Outcome outcome(
            TranslationRequest request,
            List<Span> spans,
            PlaceholderText placeholders,
            String answer,
            int attempts,
            Checked checked) {
        List<Protected> guarded =
                spans.stream()
                        .map(
                                span ->
                                        new Protected(
                                                request.text().substring(span.start(), span.end()),
                                                span.kind().type(),
                                                span.written()))
                        .toList();
        return new Outcome(
                guarded, placeholders.sent(), answer, attempts, checked.whole, checked.reason);
    }

    /// Where `translated` says what stands in `span`.
    private static Optional<int[]> same(
            ReadText said, ReadText translated, Span span, Predicate<int[]> free) {
        List<Reading> of =
                said.readings().stream()
                        .filter(
                                reading ->
                                        said.start(reading) <= span.start()
                                                && said.end(reading) >= span.end())
                        .sorted(
                                Comparator.comparingInt(
                                        reading -> said.end(reading) - said.start(reading)))
                        .toList();
        return of.stream()
                .flatMap(
                        reading ->
                                translated.readings().stream()
                                        .filter(
                                                other ->
                                                        Value.same(reading.value(), other.value())
                                                                || sameSign(
                                                                        span,
                                                                        reading,
                                                                        translated,
                                                                        other)))
                .map(other -> new int[] {start(translated, other), translated.end(other)})
                .filter(free)
                .findFirst();
    }

    /// A sign that the translator kept stands for the currency that was said.
    private static boolean sameSign(Span span, Reading said, ReadText translated, Reading other) {
        return span.kind().type() == Protected.Type.AMOUNT
                && said.value() instanceof Value.Amount one
                && other.value() instanceof Value.Amount two
                && Value.sameNumber(one.number(), two.number())
                && KEPT_SIGN.matcher(translated.text(other)).matches();
    }

    /// Without the article of "las cinco de la tarde".
    private static int start(ReadText translated, Reading reading) {
        int start = translated.start(reading);
        Token first = translated.tokens().get(reading.start());
        boolean article = first.is("las") || first.is("la");
        return article ? translated.tokens().get(reading.start() + 1).start() : start;
    }

    /// A translation that is right, or why it is not.
    private record Checked(Optional<String> whole, String reason) {
        static Checked wrong(String reason) {
            return new Checked(Optional.empty(), reason);
        }
    }

    private ReadText said(TranslationRequest request, List<Span> spans) {
        List<Span> names =
                spans.stream().filter(span -> span.kind() instanceof Span.Kind.Name).toList();
        return ValueReader.read(request.text(), request.from(), names)
                .with(ValueReader.read(request.text(), request.to(), names));
    }

    private Checked checked(
            TranslationRequest request, List<Span> spans, Optional<Revealed> revealed) {
        if (revealed.isEmpty()) {
            return Checked.wrong("a protected text is missing, changed or doubled");
        }
        String text = revealed.get().text();
        if (Negation.turned(request.text(), request.from(), text, request.to())) {
            return Checked.wrong("one denies what the other affirms");
        }
        ReadText said = said(request, spans);
        for (NumericToken.Marks marks : NumericToken.Marks.values()) {
            // A translator leaves words that it does not know.
            ReadText translated =
                    ValueReader.read(text, request.to(), revealed.get().names(), marks)
                            .with(ValueReader.read(text, request.from(), revealed.get().names()));
            if (Comparison.of(said, translated).isPresent()) {
                return new Checked(
                        Optional.of(written(text, request.to(), revealed.get(), marks)), "");
            }
        }
        ReadText translated = ValueReader.read(text, request.to(), revealed.get().names());
        return Checked.wrong(
                "said %s, translated %s".formatted(numbers(said), numbers(translated)));
    }

    /// What is surely a number, for the reason.
    private static String numbers(ReadText read) {
        List<String> numbers = new ArrayList<>();
        int end = 0;
        for (Reading reading : read.readings()) {
            if (reading.start() >= end && read.strong(reading)) {
                numbers.add(read.text(reading));
                end = reading.end();
            }
        }
        return numbers.isEmpty() ? "no number" : String.join(", ", numbers);
    }

    /// With numbers in digits as a voice reads them right.
    private static String written(
            String text, Language language, Revealed revealed, NumericToken.Marks marks) {
        Matcher matcher = DIGITS.matcher(text);
        var written = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            boolean name =
                    revealed.names().stream()
                            .anyMatch(
                                    span ->
                                            matcher.start() < span.end()
                                                    && span.start() < matcher.end());
            written.append(text, /* start= */ end, matcher.start());
            written.append(
                    name
                            ? matcher.group()
                            : NumericToken.of(matcher.group(), language, marks).written(language));
            end = matcher.end();
        }
        return written.append(text.substring(end)).toString();
    }

    /// Spans for a translation in pieces: dates, amounts and numbers in words are not left to it either.
    private List<Span> mending(TranslationRequest request, List<Span> spans) {
        ReadText said = said(request, spans);
        List<Span> all = new ArrayList<>(spans.stream().filter(Span::masked).toList());
        for (Reading reading : said.readings()) {
            Optional<String> written = Written.of(reading.value(), request.to());
            var span =
                    new Span(
                            said.start(reading),
                            said.end(reading),
                            new Span.Kind.Figure(Protected.Type.CARDINAL, written.orElse("")));
            // What is digits already stays as it was written.
            boolean digits =
                    !(reading.value() instanceof Value.Day)
                            && said.tokens().get(reading.start()).isNumber()
                            && reading.end() - reading.start() <= 2;
            if (written.isPresent()
                    && !digits
                    && said.strong(reading)
                    && all.stream().noneMatch(span::overlaps)) {
                all.add(span);
            }
        }
        spans.stream()
                .filter(span -> all.stream().noneMatch(span::overlaps))
                .toList()
                .forEach(all::add);
        all.sort(Comparator.comparingInt(Span::start));
        return all;
    }

    /// What stands before, between and behind `spans`.
    private static List<String> between(String text, List<Span> spans) {
        List<String> pieces = new ArrayList<>();
        int end = 0;
        for (Span span : spans) {
            pieces.add(text.substring(end, span.start()));
            end = span.end();
        }
        pieces.add(text.substring(end));
        return pieces;
    }

    private static boolean hasWords(String piece) {
        return piece.chars().anyMatch(Character::isLetter);
    }

    /// `spans` as they are spoken, with `pieces` before, between and behind them.
    private static Revealed joined(List<Span> spans, List<String> pieces) {
        var text = new StringBuilder(pieces.getFirst());
        List<Span> names = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            int start = text.length();
            text.append(spans.get(i).written());
            if (spans.get(i).kind() instanceof Span.Kind.Name) {
                names.add(new Span(start, text.length(), spans.get(i).kind()));
            }
            text.append(pieces.get(i + 1));
        }
        return new Revealed(text.toString(), names);
    }

    /// The words of `piece`, translated; the marks and spaces around them as they are.
    private String translated(TranslationRequest request, String piece)
            throws SpeechException, InterruptedException {
        int start = 0;
        int end = piece.length();
        while (start < end && !Character.isLetter(piece.charAt(start))) {
            start++;
        }
        while (end > start && !Character.isLetter(piece.charAt(end - 1))) {
            end--;
        }
        if (start == end) {
            return piece;
        }
        String words = piece.substring(start, end);
        String translated = translator.translate(request.withText(words));
        return piece.substring(0, start) + inside(words, translated) + piece.substring(end);
    }

    /// A translation as it stands inside a sentence: without marks of its own around it, and with the
    /// capital that the words had.
    private static String inside(String words, String translated) {
        String text = translated.strip().replaceAll("^[¿¡\\s]++|(?<![.!?…\\s])[.!?…\\s]++$", "");
        boolean capital =
                text.length() > 1
                        && Character.isUpperCase(text.charAt(0))
                        && Character.isLowerCase(text.charAt(1));
        return capital && Character.isLowerCase(words.charAt(0))
                ? Character.toLowerCase(text.charAt(0)) + text.substring(1)
                : text;
    }

    @Override
    public void close() {
        translator.close();
    }
}
