package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;
import io.sandalphone.speech.text.value.Value.Time;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/// Reads `half past one`, `a quarter to six`, `three thirty`, `fourteen hundred hours`.
final class EnglishClock extends ClockReader {
    EnglishClock(Draft draft) {
        super(draft);
    }

    @Override
    void clock(int i) {
        String word = word(i);
        // half past one, a quarter to six, ten past eight, five minutes to three
        int at = word.equals("a") ? i + 1 : i;
        int minute = -1;
        int end = at;
        if (word(at).equals("half") || word(at).equals("quarter")) {
            minute = word(at).equals("half") ? 30 : 15;
            end = at + 1;
        } else if (minutes(at) > 0) {
            minute = minutes(at);
            end = numbers[at].end();
            end = word(end).startsWith("minute") ? end + 1 : end;
        }
        if (minute > 0) {
            boolean past = word(end).equals("past") || word(end).equals("after");
            boolean to = is(end, Role.MINUTES_BEFORE);
            if (past || to) {
                int[] hour = hourAt(end + 1, false);
                boolean midnight = word(end + 1).equals("midnight");
                if (midnight || word(end + 1).equals("noon")) {
                    int base = midnight ? 0 : 720;
                    add(
                            i,
                            end + 2,
                            new Time((base + (past ? minute : 1440 - minute)) % 1440, true));
                } else if (hour != null && hour[0] > 0 && unitAt(hour[2]) < 0) {
                    if (word(at).equals("half") || word(at).equals("quarter")) {
                        strong[at] = true;
                    }
                    time(i, hour[2], hour[0] * 60 + (past ? minute : -minute), false);
                }
            } else if (word(at).equals("half") && draft.language.tag().equalsIgnoreCase("en-GB")) {
                int[] hour = hourAt(end, false);
                if (hour != null) {
                    time(i, hour[2], hour[0] * 60 + 30, false);
                }
            }
        }
        int[] hour = hourAt(i, true);
        if (hour == null) {
            militaryClock(i);
            return;
        }
        end = hour[2];
        if (!tokens.get(i).text().contains(":") && end < numbers.length && numbers[end] != null) {
            int more = minutes(end);
            int to = numbers[end].end();
            if (more == 0 && minutes(to) > 0 && minutes(to) < 10 && unitAt(numbers[to].end()) < 0) {
                if (half(numbers[to].end()) != null) {
                    sure(i, numbers[to].end());
                }
                time(i, numbers[to].end(), hour[0] * 60 + minutes(to), hour[3] == 1);
            } else if (more >= 10 && unitAt(to) < 0) {
                if (half(to) != null) {
                    sure(i, to);
                }
                time(i, to, hour[0] * 60 + more, hour[3] == 1);
            } else if (hour[0] == 0
                    && numbers[end].value().intValue() % 100 == 0
                    && numbers[end].value().intValue() < 1000) {
                bind(
                        i,
                        to + (word(to).startsWith("hour") ? 1 : 0),
                        new Time(numbers[end].value().intValue() / 100 * 60, true));
            }
        }
        boolean clock = word(end).equals("o'clock");
        end = clock ? end + 1 : end;
        if (tokens.get(i).text().contains(":") || clock || half(end) != null) {
            time(i, end, hour[0] * 60 + hour[1], hour[3] == 1);
        }
        if (word(i - 1).equals("at") && !clock) {
            time(i, hour[2], hour[0] * 60 + hour[1], hour[3] == 1);
        }
        militaryClock(i);
    }

    /// `fourteen hundred hours`.
    private void militaryClock(int i) {
        Numeral number = numbers[i];
        if (number != null
                && number.value().scale() <= 0
                && number.value().compareTo(BigDecimal.valueOf(2400)) <= 0
                && number.value().intValue() >= 100
                && number.value().intValue() % 100 < 60
                && word(number.end()).startsWith("hour")) {
            int value = number.value().intValue();
            bind(i, number.end() + 1, new Time(value / 100 % 24 * 60 + value % 100, true));
        }
    }

    @Override
    @Nullable Half halfNamed(int at) {
        String word = word(at);
        if (word.equals("tonight")) {
            return new Half(true, true, at + 1);
        }
        if (word.equals("noon") || word.equals("midday")) {
            return new Half(false, true, at + 1);
        }
        if (word.equals("midnight")) {
            return new Half(false, false, at + 1);
        }
        int noun =
                word.equals("in") && word(at + 1).equals("the")
                        ? at + 2
                        : word.equals("this")
                                        || word.equals("at")
                                        || word.equals("tomorrow")
                                        || word.equals("yesterday")
                                ? at + 1
                                : -1;
        String half = noun < 0 ? "" : word(noun);
        return half.equals("morning")
                ? new Half(false, false, noun + 1)
                : half.equals("afternoon") || half.equals("evening")
                        ? new Half(false, true, noun + 1)
                        : half.equals("night") ? new Half(true, true, noun + 1) : null;
    }
}
