package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;
import io.sandalphone.speech.text.value.Value.Time;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/// Reads times of day. How the hours and minutes are put together is the language's own.
class ClockReader extends DraftReader {
    ClockReader(Draft draft) {
        super(draft);
    }

    /// The reader of the language of `draft`.
    static ClockReader of(Draft draft) {
        return switch (draft.language.base()) {
            case "en" -> new EnglishClock(draft);
            case "es" -> new SpanishClock(draft);
            default -> new ClockReader(draft);
        };
    }

    final void read(int i) {
        if (is(i, Role.NOON) || is(i, Role.MIDNIGHT)) {
            int at = is(i, Role.MIDNIGHT) ? 0 : 720;
            add(i, i + 1, new Time(at, true));
        }
        clock(i);
    }

    /// Reads the times that begin at `i` with an hour or with minutes.
    void clock(int i) {}

    /// The half of the day that is named at token `at`: "in the morning", "de la tarde".
    @Nullable Half halfNamed(int at) {
        return null;
    }

    /// Hour and minutes in digits, or an hour alone, that begin at `i`; null where none does.
    int @Nullable [] hourAt(int i, boolean withMinutes) {
        Numeral number = i < numbers.length && i >= 0 ? numbers[i] : null;
        if (number == null || skipped[i]) {
            if (withMinutes && number(i)) {
                String[] parts = tokens.get(i).text().split(":", -1);
                if (parts.length == 2 && parts[1].length() == 2 && parts[0].length() < 3) {
                    int hour = Integer.parseInt(parts[0]);
                    int minutes = Integer.parseInt(parts[1]);
                    return hour < 25 && minutes < 60
                            ? new int[] {
                                hour,
                                minutes,
                                i + 1,
                                hour > 12
                                                || hour == 0
                                                || (parts[0].length() == 2
                                                        && parts[0].startsWith("0"))
                                        ? 1
                                        : 0
                            }
                            : null;
                }
            }
            return null;
        }
        int hour = hour(number.value());
        return hour < 0 ? null : new int[] {hour, 0, number.end(), hour > 12 ? 1 : 0};
    }

    int minutes(int i) {
        Numeral number = i < numbers.length && i >= 0 ? numbers[i] : null;
        if (number == null
                || number.value().scale() > 0
                || number.value().compareTo(BigDecimal.valueOf(59)) > 0) {
            return -1;
        }
        return number.value().intValue();
    }

    /// Takes the hour and the minutes from token `start` to before `end` for numbers, "one" too: "la una y
    /// diez de la tarde" is not ten, and "four oh one" not four.
    void sure(int start, int end) {
        for (int i = start; i < end; i++) {
            strong[i] |= numbers[i] != null;
        }
    }

    /// A time with whatever says the half of the day behind it.
    void time(int start, int end, int minutes, boolean half) {
        int of = Math.floorMod(minutes, 1440);
        Half said = half(end);
        if (said != null) {
            bind(start, said.end(), new Time(said.of(of), true));
            return;
        }
        var time = new Time(half ? of : of % 720 == 0 && of != 0 ? 720 : of % 720, half);
        boolean clear =
                (end - start > 1 && minutes % 60 != 0 && holds(start, end, Role.CLOCK))
                        || (is(start, Role.HOUR_ARTICLE) && minutes % 60 != 0);
        if (clear) {
            bind(start, end, time);
        } else {
            add(start, end, time);
        }
    }

    private boolean holds(int start, int end, Role role) {
        for (int i = start; i < end; i++) {
            if (is(i, role)) {
                return true;
            }
        }
        return false;
    }

    /// The half of the day that is said before token `end`.
    record Half(boolean night, boolean afternoon, int end) {
        int of(int minutes) {
            int clock = minutes % 720;
            if (minutes > 780) {
                return minutes;
            }
            if (night) {
                return clock / 60 < 5 ? clock : clock + 720;
            }
            return afternoon ? clock + 720 : clock;
        }
    }

    @Nullable Half half(int end) {
        int at = end;
        if ((word(at).equals("en") && word(at + 1).equals("punto"))
                || (word(at).equals("on")
                        && word(at + 1).equals("the")
                        && word(at + 2).equals("dot"))) {
            at += word(at).equals("en") ? 2 : 3;
        }
        at = word(at).equals("sharp") || word(at).equals("exactly") ? at + 1 : at;
        at = word(at).equals("o'clock") ? at + 1 : at;
        at = word(at).equals("-") || word(at).equals(",") ? at + 1 : at;
        String word = word(at);
        if (word.matches("am|pm")) {
            return new Half(false, word.equals("pm"), at + 1);
        }
        if (word.matches("[ap]") && word(at + 1).equals(".") && word(at + 2).equals("m")) {
            return new Half(false, word.equals("p"), at + 3 + (word(at + 3).equals(".") ? 1 : 0));
        }
        if (word.matches("[ap]") && word(at + 1).equals("m")) {
            return new Half(false, word.equals("p"), at + 2);
        }
        return halfNamed(at);
    }
}
