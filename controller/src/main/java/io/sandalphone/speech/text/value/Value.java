package io.sandalphone.speech.text.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/// What a number in a sentence stands for: how many, which one, how much money, what time, which day,
/// or digits in their order. Two of them are the same when a listener learns the same from both,
/// however they are written or said.
public sealed interface Value {
    /// How many of what. `unit` is empty where nothing is counted that is known here. `label` where it
    /// only says which one: `floor 3`, `chapter IV`.
    record Cardinal(BigDecimal number, String unit, boolean label) implements Value {
        public Cardinal(BigDecimal number) {
            this(number, "", false);
        }
    }

    /// Which one in an order.
    record Ordinal(long number) implements Value {}

    /// Money. `currency` is [#PESO], or an ISO 4217 code, or [#CENT] where cents stand alone.
    record Amount(BigDecimal number, String currency) implements Value {}

    record Percent(BigDecimal number) implements Value {}

    /// A part of one thing.
    record Fraction(long numerator, long denominator, String unit) implements Value {
        BigDecimal ratio() {
            return divided(BigDecimal.valueOf(numerator), denominator);
        }
    }

    /// A time of day, in minutes since midnight; below 720 where the half of the day was not said.
    record Time(int minutes, boolean half) implements Value {
        private static final int HALF_DAY = 720;

        boolean saidBy(Time translated) {
            return (half && translated.half)
                    ? minutes == translated.minutes
                    : minutes % HALF_DAY == translated.minutes % HALF_DAY && !translated.half;
        }
    }

    /// A day, a month or a year, of which zero is what was not said.
    record Day(int year, int month, int day) implements Value {
        private static final int CENTURY = 100;

        boolean sameAs(Day other) {
            return month == other.month
                    && day == other.day
                    && (year == other.year
                            || (shortened(year, other.year)
                                    && year % CENTURY == other.year % CENTURY));
        }

        private static boolean shortened(int one, int other) {
            return one > 0 && other > 0 && (one < CENTURY || other < CENTURY);
        }
    }

    /// A day of the week, 1 for Monday.
    record Weekday(int number) implements Value {}

    /// Digits in their order, zeros in front included.
    record Digits(String digits) implements Value {}

    /// Capitals and digits in their order.
    record Code(String characters) implements Value {}

    /// The peso of whichever country.
    String PESO = "MXN";

    String CENT = "cent";

    /// What a unit is of another one.
    Map<String, Unit> UNITS =
            Map.ofEntries(
                    Map.entry("second", new Unit("second", BigDecimal.ONE)),
                    Map.entry("minute", new Unit("second", BigDecimal.valueOf(60))),
                    Map.entry("hour", new Unit("second", BigDecimal.valueOf(3_600))),
                    Map.entry("day", new Unit("day", BigDecimal.ONE)),
                    Map.entry("week", new Unit("day", BigDecimal.valueOf(7))),
                    Map.entry("month", new Unit("month", BigDecimal.ONE)),
                    Map.entry("year", new Unit("month", BigDecimal.valueOf(12))),
                    Map.entry("mg", new Unit("g", new BigDecimal("0.001"))),
                    Map.entry("g", new Unit("g", BigDecimal.ONE)),
                    Map.entry("kg", new Unit("g", BigDecimal.valueOf(1_000))),
                    Map.entry("mm", new Unit("m", new BigDecimal("0.001"))),
                    Map.entry("cm", new Unit("m", new BigDecimal("0.01"))),
                    Map.entry("m", new Unit("m", BigDecimal.ONE)),
                    Map.entry("km", new Unit("m", BigDecimal.valueOf(1_000))),
                    Map.entry("ml", new Unit("l", new BigDecimal("0.001"))),
                    Map.entry("l", new Unit("l", BigDecimal.ONE)));

    /// So many of a base.
    record Unit(String base, BigDecimal of) {}

    /// Whether `said` is what `translated` says: the same, or the same with no more than its half of
    /// the day left to the context.
    static boolean same(Value said, Value translated) {
        return switch (said) {
            case Cardinal one -> cardinal(one, translated, true);
            case Ordinal one -> ordinal(one, translated);
            case Amount one -> amount(one, translated);
            case Percent one -> percent(one, translated);
            case Fraction one -> fraction(one, translated);
            case Time one -> time(one, translated);
            case Day one -> day(one, translated);
            case Weekday one -> one.equals(translated);
            case Digits one -> digits(one, translated);
            case Code one ->
                    one.equals(translated)
                            || (translated instanceof Digits other
                                    && other.digits.equals(one.characters));
        };
    }

    private static boolean cardinal(Cardinal one, Value other, boolean saidFirst) {
        return switch (other) {
            case Cardinal two -> sameCount(one, two);
            case Ordinal two -> counts(two, one);
            case Amount two -> one.unit.isEmpty() && sameNumber(one.number, two.number);
            case Percent _, Weekday _, Code _ -> false;
            case Fraction two -> sameQuantity(one.number, one.unit, two.ratio(), two.unit);
            case Time two -> hour(one, two, saidFirst);
            case Day two -> dayNumber(two, one);
            case Digits two -> plain(one).equals(Optional.of(two.digits));
        };
    }

    private static boolean ordinal(Ordinal one, Value other) {
        return switch (other) {
            case Ordinal two -> one.number == two.number;
            case Cardinal two -> counts(one, two);
            case Day two -> two.year == 0 && two.month == 0 && two.day == one.number;
            case Digits two -> Long.toString(one.number).equals(two.digits);
            case Amount _, Percent _, Fraction _, Time _, Weekday _, Code _ -> false;
        };
    }

    private static boolean amount(Amount one, Value other) {
        return switch (other) {
            case Amount two ->
                    sameNumber(one.number, two.number)
                            && (one.currency.equals(two.currency)
                                    || one.currency.equals(CENT)
                                    || two.currency.equals(CENT));
            case Cardinal two ->
                    (two.unit.isEmpty() || (two.unit.equals("lb") && one.currency.equals("GBP")))
                            && sameNumber(one.number, two.number);
            case Ordinal _, Percent _, Fraction _, Time _, Day _, Weekday _, Digits _, Code _ ->
                    false;
        };
    }

    private static boolean percent(Percent one, Value other) {
        return (other instanceof Percent two && sameNumber(one.number, two.number))
                || (other instanceof Fraction part
                        && sameNumber(one.number, part.ratio().multiply(BigDecimal.valueOf(100))));
    }

    private static boolean fraction(Fraction one, Value other) {
        return switch (other) {
            case Fraction two -> sameQuantity(one.ratio(), one.unit, two.ratio(), two.unit);
            case Cardinal two -> cardinal(two, one, false);
            case Percent two -> percent(two, one);
            case Ordinal _, Amount _, Time _, Day _, Weekday _, Digits _, Code _ -> false;
        };
    }

    private static boolean time(Time one, Value other) {
        return switch (other) {
            case Time two -> one.saidBy(two);
            case Cardinal two -> hour(two, one, false);
            case Digits two ->
                    (one.minutes / 60 + "%02d".formatted(one.minutes % 60)).equals(two.digits);
            case Ordinal _, Amount _, Percent _, Fraction _, Day _, Weekday _, Code _ -> false;
        };
    }

    private static boolean day(Day one, Value other) {
        return switch (other) {
            case Day two -> one.sameAs(two);
            case Cardinal two -> dayNumber(one, two);
            case Ordinal two -> one.year == 0 && one.month == 0 && one.day == two.number;
            case Digits two -> one.month == 0 && Integer.toString(one.year).equals(two.digits);
            case Amount _, Percent _, Fraction _, Time _, Weekday _, Code _ -> false;
        };
    }

    private static boolean digits(Digits one, Value other) {
        return switch (other) {
            case Digits two -> one.equals(two);
            case Cardinal two -> plain(two).equals(Optional.of(one.digits));
            case Time two -> time(two, one);
            case Day two -> day(two, one);
            case Ordinal two -> ordinal(two, one);
            case Code two -> two.characters.equals(one.digits);
            case Amount _, Percent _, Fraction _, Weekday _ -> false;
        };
    }

    private static boolean sameCount(Cardinal one, Cardinal two) {
        return sameQuantity(one.number, one.unit, two.number, two.unit)
                || weeks(one, two)
                || weeks(two, one);
    }

    /// A unit may be left to the context.
    private static boolean sameQuantity(
            BigDecimal one, String unit, BigDecimal two, String otherUnit) {
        return (unit.isEmpty() || otherUnit.isEmpty())
                ? sameNumber(one, two)
                : base(unit).equals(base(otherUnit))
                        && sameNumber(scaled(one, unit), scaled(two, otherUnit));
    }

    /// "Quince días" and "ocho días" are two weeks and one.
    private static boolean weeks(Cardinal days, Cardinal weeks) {
        return days.unit.equals("day")
                && weeks.unit.equals("week")
                && sameNumber(
                        days.number,
                        weeks.number.multiply(BigDecimal.valueOf(7)).add(BigDecimal.ONE))
                && weeks.number.compareTo(BigDecimal.TWO) <= 0;
    }

    /// High ordinals, and those of floors and chapters, are said as cardinals.
    private static boolean counts(Ordinal ordinal, Cardinal cardinal) {
        return (cardinal.label || ordinal.number > 10)
                && cardinal.unit.isEmpty()
                && sameNumber(cardinal.number, BigDecimal.valueOf(ordinal.number));
    }

    /// "A las nueve" and "from nine to five". A half of the day that was said may be left out.
    private static boolean hour(Cardinal hour, Time time, boolean cardinalSaid) {
        return hour.unit.isEmpty()
                && (!cardinalSaid || !time.half || time.minutes >= 13 * 60)
                && time.minutes % 60 == 0
                && (sameNumber(hour.number, BigDecimal.valueOf(time.minutes / 60))
                        || (time.minutes == 0 && sameNumber(hour.number, BigDecimal.valueOf(12))));
    }

    private static boolean dayNumber(Day day, Cardinal number) {
        if (!number.unit.isEmpty()) {
            return false;
        }
        return day.month == 0
                && day.day == 0
                && (sameNumber(number.number, BigDecimal.valueOf(day.year))
                        || sameNumber(number.number, BigDecimal.valueOf(day.year % 100)));
    }

    /// The digits of a whole number of things that are not known.
    static Optional<String> plain(Cardinal cardinal) {
        BigDecimal stripped = cardinal.number.stripTrailingZeros();
        return cardinal.unit.isEmpty() && stripped.scale() <= 0 && stripped.signum() >= 0
                ? Optional.of(stripped.toPlainString())
                : Optional.empty();
    }

    static boolean sameNumber(BigDecimal one, BigDecimal other) {
        return one.setScale(6, RoundingMode.HALF_UP)
                        .compareTo(other.setScale(6, RoundingMode.HALF_UP))
                == 0;
    }

    static BigDecimal divided(BigDecimal number, long by) {
        return number.divide(BigDecimal.valueOf(by), 12, RoundingMode.HALF_UP);
    }

    private static BigDecimal scaled(BigDecimal number, String unit) {
        Unit known = UNITS.get(unit);
        return known == null ? number : number.multiply(known.of);
    }

    private static String base(String unit) {
        Unit known = UNITS.get(unit);
        return known == null ? unit : known.base;
    }
}
