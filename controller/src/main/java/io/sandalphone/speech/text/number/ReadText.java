package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.value.Value.Day;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A text with its readings.
///
/// @param readings the longest and most likely ones first, at each place
/// @param strong of each token, whether it is surely a number: it must be part of what was said
public record ReadText(String text, List<Token> tokens, List<Reading> readings, BitSet strong) {
    /// With what of `other`, the same text read in another language, is surely no word of this one.
    public ReadText with(ReadText other) {
        List<Reading> all = new ArrayList<>(readings);
        other.readings.stream()
                .filter(
                        reading ->
                                reading.value() instanceof Day
                                        || readings.stream()
                                                .noneMatch(
                                                        own ->
                                                                own.start() < reading.end()
                                                                        && reading.start()
                                                                                < own.end()))
                .filter(reading -> !(reading.value() instanceof Day day && day.month() == 0))
                .filter(
                        reading ->
                                reading.end() - reading.start() > 1
                                        || tokens.get(reading.start()).text().length() > 4)
                .filter(
                        reading ->
                                (reading.value() instanceof Day
                                                && tokens
                                                        .subList(reading.start(), reading.end())
                                                        .stream()
                                                        .anyMatch(Token::isWord))
                                        || tokens.subList(reading.start(), reading.end()).stream()
                                                .allMatch(Token::isWord))
                .forEach(all::add);
        return new ReadText(text, tokens, all, strong);
    }

    /// As a text of which nothing need be said again.
    public ReadText leavingOut() {
        return new ReadText(text, tokens, readings, new BitSet());
    }

    public boolean strong(Reading reading) {
        int first = strong.nextSetBit(reading.start());
        return first >= 0 && first < reading.end();
    }

    /// Where in the text a reading begins.
    public int start(Reading reading) {
        return tokens.get(reading.start()).start();
    }

    /// Where in the text a reading ends.
    public int end(Reading reading) {
        return tokens.get(reading.end() - 1).end();
    }

    public String text(Reading reading) {
        return text.substring(
                tokens.get(reading.start()).start(), tokens.get(reading.end() - 1).end());
    }
}
