package io.sandalphone.speech.text;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.text.Span.Kind;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Translates with another translator and sees to it that numbers, amounts, dates, times, telephone
/// numbers, addresses, names and the operator's terms arrive whole: each once, with the value it had.
///
/// When one does not, the words between them are translated piece by piece and they are set in as
/// they are: less fluent, and right. A translation in which even so a number stands that nobody said
/// is a [SpeechException.Kind#REQUEST]: a wrong number is not spoken.
///
/// A date in digits is read the way the speaker's language writes it and spoken with the name of its
/// month, so that day and month cannot change places.
public final class ProtectedTranslator implements Translator {
    private record Pair(Language from, Language to) {}

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
        List<Span> spans =
                finders.computeIfAbsent(
                                new Pair(request.from(), request.to()),
                                pair -> new SpanFinder(glossary, pair.from(), pair.to()))
                        .in(request.text());
        Optional<String> whole = disguised(request, request.text(), spans);
        if (whole.isPresent()) {
            return whole.get();
        }
        meters.repaired().increment();
        return piecewise(request, spans);
    }

    private Optional<String> disguised(TranslationRequest request, String text, List<Span> spans)
            throws SpeechException, InterruptedException {
        var disguise = new PlaceholderText(text, spans, request.from(), request.to());
        return disguise.revealed(translator.translate(request.withText(disguise.sent())));
    }

    private String piecewise(TranslationRequest request, List<Span> spans)
            throws SpeechException, InterruptedException {
        String text = request.text();
        var translated = new StringBuilder();
        int end = 0;
        for (Span span : spans) {
            translated.append(between(request, text.substring(end, span.start())));
            translated.append(
                    switch (span.kind()) {
                        case Kind.Name name -> name.written();
                        case Kind.Quantity number ->
                                number.figure().written(request.to())
                                        + (number.percent() ? "%" : "");
                    });
            end = span.end();
        }
        return translated.append(between(request, text.substring(end))).toString();
    }

    /// The words between two spans, translated; the marks and spaces around them as they are.
    private String between(TranslationRequest request, String piece)
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
        Optional<String> translated = disguised(request, words, List.of());
        if (translated.isEmpty()) {
            meters.refused().increment();
            throw new SpeechException(
                    SpeechException.Kind.REQUEST,
                    "the translation holds a number that was not said");
        }
        return piece.substring(0, start) + inside(words, translated.get()) + piece.substring(end);
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
