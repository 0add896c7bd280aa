package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;
import io.sandalphone.speech.text.value.Value.Amount;
import io.sandalphone.speech.text.value.Value.Cardinal;
import io.sandalphone.speech.text.value.Value.Code;
import io.sandalphone.speech.text.value.Value.Day;
import io.sandalphone.speech.text.value.Value.Digits;
import io.sandalphone.speech.text.value.Value.Fraction;
import io.sandalphone.speech.text.value.Value.Ordinal;
import io.sandalphone.speech.text.value.Value.Percent;
import io.sandalphone.speech.text.value.Value.Time;
import io.sandalphone.speech.text.value.Value.Weekday;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads what two numbers share: `two to three thousand dollars`, `de 9 a 5 de la tarde`, `June 10 to 15`.
final class RangeReader extends DraftReader {
    private static final Set<String> DASHES = Set.of("-", "–");

    RangeReader(Draft draft) {
        super(draft);
    }

    void read() {
        List<Reading> more = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Numeral first = numbers[i];
            if (first == null) {
                continue;
            }
            for (Reading second : List.copyOf(draft.readings)) {
                int gap = second.start() - first.end();
                boolean las =
                        (gap == 2 && is(first.end() + 1, Role.RANGE_HOUR_ARTICLE))
                                || (gap == 1 && is(second.start(), Role.HOUR_ARTICLE));
                if ((gap != 1 && !las) || !isTo(first.end())) {
                    continue;
                }
                switch (second.value()) {
                    case Time time when time.half() && hour(first.value()) > 0 -> {
                        int hour = hour(first.value()) % 12;
                        int at = hour * 60 + (time.minutes() >= 720 ? 720 : 0);
                        bind(i, first.end(), new Time(at, true));
                    }
                    case Amount amount -> {
                        BigDecimal scale = scale(second, amount.number());
                        if (first.value().compareTo(scale) < 0
                                && first.value().multiply(scale).compareTo(amount.number()) < 0) {
                            bind(
                                    i,
                                    first.end(),
                                    new Amount(first.value().multiply(scale), amount.currency()));
                        }
                    }
                    case Cardinal cardinal -> {
                        BigDecimal scale = scale(second, cardinal.number());
                        if (first.value().compareTo(scale) < 0
                                && first.value().multiply(scale).compareTo(cardinal.number()) < 0) {
                            bind(
                                    i,
                                    first.end(),
                                    new Cardinal(
                                            first.value().multiply(scale), cardinal.unit(), false));
                        }
                    }
                    case Day day
                            when day.month() > 0
                                    && day.day() > 0
                                    && first.value().compareTo(BigDecimal.valueOf(31)) <= 0
                                    && first.value().scale() <= 0 ->
                            more.add(
                                    new Reading(
                                            i,
                                            first.end(),
                                            new Day(0, day.month(), first.value().intValue())));
                    case Ordinal _,
                            Percent _,
                            Fraction _,
                            Weekday _,
                            Digits _,
                            Code _,
                            Time _,
                            Day _ -> {}
                }
            }
        }
        severed();
        // June 10 to 15; the 10th to the 15th of June
        for (Reading one : draft.readings) {
            if (!(one.value() instanceof Day day && day.month() > 0 && day.day() > 0)) {
                continue;
            }
            for (Reading other : draft.readings) {
                if (!(other.value() instanceof Day alone && alone.month() == 0 && alone.year() == 0)
                        && !(other.value() instanceof Cardinal count
                                && count.unit().isEmpty()
                                && hour31(count))) {
                    continue;
                }
                int number =
                        other.value() instanceof Day alone
                                ? alone.day()
                                : ((Cardinal) other.value()).number().intValue();
                boolean behind =
                        other.start() >= one.end()
                                && other.start() - one.end() <= 2
                                && joined(one.end(), other.start());
                boolean ahead =
                        one.start() >= other.end()
                                && one.start() - other.end() <= 2
                                && joined(other.end(), one.start());
                if (behind || ahead) {
                    more.add(
                            new Reading(
                                    other.start(), other.end(), new Day(0, day.month(), number)));
                }
            }
        }
        more.forEach(reading -> add(reading.start(), reading.end(), reading.value()));
    }

    /// "Twenty, two dollars": a hesitation may have stood between the parts of one number.
    private void severed() {
        for (int i = 0; i < tokens.size(); i++) {
            Numeral tens = numbers[i];
            if (tens == null
                    || tens.written()
                    || hour(tens.value().divide(BigDecimal.TEN)) < 2
                    || tens.value().intValue() % 10 != 0
                    || !word(tens.end()).equals(",")) {
                continue;
            }
            for (Reading unit : List.copyOf(draft.readings)) {
                if (unit.start() != tens.end() + 1) {
                    continue;
                }
                switch (unit.value()) {
                    case Amount amount when below10(amount.number()) ->
                            add(
                                    i,
                                    unit.end(),
                                    new Amount(
                                            tens.value().add(amount.number()), amount.currency()));
                    case Cardinal cardinal when below10(cardinal.number()) ->
                            add(
                                    i,
                                    unit.end(),
                                    new Cardinal(
                                            tens.value().add(cardinal.number()),
                                            cardinal.unit(),
                                            false));
                    case Cardinal _,
                            Amount _,
                            Ordinal _,
                            Percent _,
                            Fraction _,
                            Time _,
                            Day _,
                            Weekday _,
                            Digits _,
                            Code _ -> {}
                }
            }
        }
    }

    private static boolean below10(BigDecimal value) {
        return value.signum() > 0 && value.compareTo(BigDecimal.TEN) < 0;
    }

    private static boolean hour31(Cardinal count) {
        return count.number().scale() <= 0
                && count.number().signum() > 0
                && count.number().compareTo(BigDecimal.valueOf(31)) <= 0;
    }

    private boolean isTo(int at) {
        return DASHES.contains(word(at)) || is(at, Role.RANGE);
    }

    private boolean joined(int from, int to) {
        return isTo(from) && (to == from + 1 || is(from + 1, Role.RANGE_DAY_ARTICLE));
    }

    /// What a number shares with the one before: the thousands of "two to three thousand".
    private BigDecimal scale(Reading reading, BigDecimal value) {
        boolean words = false;
        for (int i = reading.start(); i < reading.end(); i++) {
            words |= is(i, Role.SCALE);
        }
        if (!words) {
            return BigDecimal.ONE;
        }
        for (int power : new int[] {9, 6, 3, 2}) {
            BigDecimal scale = BigDecimal.TEN.pow(power);
            if (value.compareTo(scale) >= 0 && value.remainder(scale).signum() == 0) {
                return scale;
            }
        }
        return BigDecimal.ONE;
    }
}
