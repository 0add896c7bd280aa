package io.sandalphone.speech.text.number;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;
import io.sandalphone.speech.text.value.NumericToken;
import io.sandalphone.speech.text.value.Value;
import io.sandalphone.speech.text.value.Value.Digits;
import io.sandalphone.speech.text.value.Value.Time;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A text while it is read: its tokens, the number that begins at each, and what the readers have found
/// so far. Each reader sees what those before it found.
final class Draft {
    final Language language;
    final List<Token> tokens;
    final NumberGrammar grammar;

    /// The number that begins at each token; null where none does, and where one goes on.
    final @Nullable Numeral[] numbers;

    /// Which tokens are no number, whatever they look like.
    final boolean[] skipped;

    /// Which tokens are surely numbers, or parts of one.
    final boolean[] strong;

    final List<Reading> readings = new ArrayList<>();
    final Set<Reading> binding = new HashSet<>();
    private final String text;

    Draft(String text, Language language, List<? extends Stretch> whole, NumericToken.Marks marks) {
        this.text = text;
        this.language = language;
        tokens = Token.of(text);
        grammar = new NumberGrammar(tokens, language, marks);
        numbers = new Numeral[tokens.size()];
        skipped = new boolean[tokens.size()];
        strong = new boolean[tokens.size()];
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            skipped[i] =
                    whole.stream()
                            .anyMatch(
                                    span ->
                                            token.start() >= span.start()
                                                    && token.start() < span.end());
        }
    }

    /// Finds the numbers that the readers make values of.
    void findNumbers() {
        for (int i = 0; i < tokens.size(); ) {
            Optional<Numeral> number = skipped[i] ? Optional.empty() : grammar.at(i);
            if (number.isPresent() && !contains(number.get(), skipped)) {
                numbers[i] = number.get();
                i = Math.max(i + 1, number.get().end());
            } else {
                i++;
            }
        }
    }

    private static boolean contains(Numeral number, boolean[] skipped) {
        for (int i = number.start(); i < number.end(); i++) {
            if (skipped[i]) {
                return true;
            }
        }
        return false;
    }

    void add(int start, int end, Value value) {
        var reading = new Reading(start, end, value);
        if (!readings.contains(reading)) {
            readings.add(reading);
        }
    }

    /// Adds a reading that leaves no room for others within it: `8 p.m.` is no eight.
    void bind(int start, int end, Value value) {
        add(start, end, value);
        binding.add(new Reading(start, end, value));
    }

    /// Not what reaches beyond it: both may be meant.
    private boolean bound(Reading reading) {
        return binding.stream()
                .anyMatch(
                        by ->
                                by.start() <= reading.start()
                                        && reading.end() <= by.end()
                                        && (!binding.contains(reading) || digitsOf(by, reading)));
    }

    /// "Four oh one in the afternoon" is no 401, which is one in the morning as well.
    private static boolean digitsOf(Reading time, Reading digits) {
        return time.value() instanceof Time
                && digits.value() instanceof Digits
                && time.end() - time.start() > digits.end() - digits.start();
    }

    /// The text with all that was found, but what stands within a binding reading.
    ReadText read() {
        readings.removeIf(this::bound);
        readings.sort(
                Comparator.comparingInt(Reading::start)
                        .thenComparing(Comparator.comparingInt(Reading::end).reversed()));
        var sure = new BitSet();
        for (int i = 0; i < strong.length; i++) {
            sure.set(i, strong[i]);
        }
        return new ReadText(text, tokens, readings, sure);
    }
}
