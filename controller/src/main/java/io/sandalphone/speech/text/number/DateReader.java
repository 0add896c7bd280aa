package io.sandalphone.speech.text.number;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;
import io.sandalphone.speech.text.value.Value.Day;
import io.sandalphone.speech.text.value.WrittenDate;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Month;

/// Reads days, months and years: `May 3rd`, `el 3 de mayo del 98`, `03/04/2026`.
final class DateReader extends DraftReader {
    private static final Language SPANISH = new Language("es");

    DateReader(Draft draft) {
        super(draft);
    }

    void read(int i) {
        digitDate(i);
        spanishDay(i);
        Integer month = measures.months().get(word(i));
        if (month == null) {
            return;
        }
        lastDay(i, month);
        if (english) {
            int at = word(i + 1).equals("the") ? i + 2 : i + 1;
            int[] day = dayAt(at);
            if (day != null) {
                strong[i] = true;
                withYear(i, day[1], month, day[0]);
            }
            int[] before = dayEndingAt(word(i - 1).equals("of") ? i - 1 : i);
            if (before != null
                    && (word(i - 1).equals("of") || number(i - 1) || isOrdinalAt(i - 1))) {
                strong[i] = true;
                withYear(before[1], i + 1, month, before[0]);
            }
            yearAlone(i, word(i + 1).equals("of") ? i + 2 : i + 1, month);
        } else if (spanish) {
            int mark = word(i + 2).equals(".") ? i + 3 : i + 2;
            int[] behind = word(mark).matches("[º°]") ? dayAt(i + 1) : null;
            if (behind != null) {
                withYear(i, mark + 1, month, behind[0]);
            }
            if (word(i - 1).equals("de")) {
                int[] before = dayEndingAt(i - 1);
                if (before != null) {
                    withYear(before[1], i + 1, month, before[0]);
                }
            }
            yearAlone(i, word(i + 1).matches("del?") ? i + 2 : i + 1, month);
        }
    }

    private void digitDate(int i) {
        if (!(number(i)
                && number(i + 2)
                && number(i + 4)
                && glued(i + 1)
                && glued(i + 2)
                && glued(i + 3)
                && glued(i + 4))) {
            return;
        }
        String mark = word(i + 1);
        String[] parts = {tokens.get(i).text(), tokens.get(i + 2).text(), tokens.get(i + 4).text()};
        boolean numbersOnly =
                String.join("", parts).chars().allMatch(Character::isDigit)
                        && parts[0].length() <= 4
                        && parts[1].length() <= 2
                        && parts[2].length() <= 4;
        if (!word(i + 3).equals(mark)
                || !mark.matches("[/-]")
                || !numbersOnly
                || is(i - 1, Role.NUMBERED)
                || is(i - 2, Role.NUMBERED)) {
            return;
        }
        WrittenDate.of(parts[0], parts[1], parts[2], draft.language)
                .ifPresent(
                        date ->
                                bind(
                                        i,
                                        i + 5,
                                        new Day(
                                                date.getYear(),
                                                date.getMonthValue(),
                                                date.getDayOfMonth())));
    }

    /// `5 de Mayo`, a street or a feast, in English too.
    private void spanishDay(int i) {
        Integer month = Measures.of(SPANISH).months().get(word(i));
        if (!english || month == null || !word(i - 1).equals("de")) {
            return;
        }
        int day =
                number(i - 2) && word(i - 2).length() <= 2
                        ? Integer.parseInt(word(i - 2))
                        : NumberWords.of(SPANISH).cardinal(word(i - 2));
        if (day > 0 && day <= 31) {
            bind(i - 2, i + 1, new Day(0, month, day));
        }
    }

    /// `the last day of January`, `el día último de enero`: the 31st.
    private void lastDay(int i, int month) {
        if (!word(i - 1).matches("of|de")) {
            return;
        }
        int last = is(i - 2, Role.DAY) ? i - 3 : i - 2;
        if (is(last, Role.LAST)) {
            int start = is(last - 1, Role.DAY) ? last - 1 : last;
            Month named = Month.of(month);
            add(start, i + 1, new Day(0, month, named.maxLength()));
            add(start, i + 1, new Day(0, month, named.minLength()));
        }
    }

    private boolean isOrdinalAt(int at) {
        return words.ordinal(word(at)) > 0;
    }

    private void yearAlone(int i, int at, int month) {
        int[] year = yearAt(at);
        if (year != null) {
            strong[i] = true;
            add(i, year[1], new Day(year[0], month, 0));
        }
    }

    private void withYear(int start, int end, int month, int day) {
        int from = word(start - 1).equals("día") ? start - 1 : start;
        int at = (word(end).equals(",") || is(end, Role.DATE_JOINT)) ? end + 1 : end;
        int[] year = yearAt(at);
        if (year != null) {
            bind(from, year[1], new Day(year[0], month, day));
        } else {
            bind(from, end, new Day(0, month, day));
        }
    }

    private int @Nullable [] yearAt(int at) {
        Numeral number = at < numbers.length ? numbers[at] : null;
        if (number == null) {
            return null;
        }
        int value =
                number.value().scale() <= 0
                                && number.value().compareTo(BigDecimal.valueOf(2200)) < 0
                        ? number.value().intValue()
                        : 0;
        boolean joined = word(at - 1).equals(",") || is(at - 1, Role.DATE_JOINT);
        if (value >= 1500 && (joined || (english && value >= 1900))) {
            return new int[] {value, number.end()};
        }
        int century = english && (value == 19 || value == 20 || value == 18) ? century(number) : 0;
        return century > 0 ? new int[] {century, centuryEnd(number)} : null;
    }

    /// `nineteen ninety-eight`, `twenty eighteen`, `nineteen oh five`.
    private int century(Numeral number) {
        int next = number.end();
        int low = minutesOrMore(next);
        if (low >= 10) {
            return number.value().intValue() * 100 + low;
        }
        if (low == 0
                && numbers[next] != null
                && minutesOrMore(numbers[next].end()) > 0
                && minutesOrMore(numbers[next].end()) < 10) {
            return number.value().intValue() * 100 + minutesOrMore(numbers[next].end());
        }
        return 0;
    }

    private int centuryEnd(Numeral number) {
        Numeral next = numbers[number.end()];
        return next == null
                ? number.end()
                : next.value().signum() == 0 && numbers[next.end()] != null
                        ? numbers[next.end()].end()
                        : next.end();
    }

    private int minutesOrMore(int at) {
        Numeral number = at < numbers.length ? numbers[at] : null;
        return number == null
                        || number.value().scale() > 0
                        || number.value().compareTo(BigDecimal.valueOf(99)) > 0
                ? -1
                : number.value().intValue();
    }

    private int @Nullable [] dayAt(int at) {
        Numeral number = at < numbers.length ? numbers[at] : null;
        if (number != null) {
            int value =
                    number.value().scale() <= 0
                                    && number.value().compareTo(BigDecimal.valueOf(31)) <= 0
                            ? number.value().intValue()
                            : 0;
            int hyphen = word(number.end()).equals("-") ? number.end() + 1 : number.end();
            int unit = words.ordinal(word(hyphen));
            if (english && value % 10 == 0 && value >= 20 && unit > 0 && unit < 10) {
                return new int[] {value + unit, hyphen + 1};
            }
            int end = number.end();
            boolean suffix = glued(end) && is(end, Role.DAY_SUFFIX);
            return value > 0 ? new int[] {value, suffix ? end + 1 : end} : null;
        }
        int ordinal = at < tokens.size() ? words.ordinal(word(at)) : -1;
        return ordinal > 0 && ordinal <= 31 ? new int[] {ordinal, at + 1} : null;
    }

    /// The day that ends before `end`, and where it starts.
    private int @Nullable [] dayEndingAt(int end) {
        for (int start = Math.max(0, end - 4); start < end; start++) {
            if (word(end - 1).matches("[ºª°]") && number(start)) {
                int[] day = dayAt(start);
                if (day != null && day[1] >= end - 2) {
                    return new int[] {day[0], start};
                }
            }
            int[] day = dayAt(start);
            if (day != null && day[1] == end) {
                return new int[] {day[0], start};
            }
        }
        return null;
    }
}
