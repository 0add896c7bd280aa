package io.sandalphone.speech.text.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;

import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;

/// Numbers, amounts, times and dates at random, said in one language and written in the other: their
/// values survive, and another value is noticed. `-Dsandalphone.rounds=100000` for a long run.
class ComparisonTest {
    private static final Language EN = new Language("en");
    private static final Language ES = new Language("es");
    private static final int ROUNDS = Integer.getInteger("sandalphone.rounds", 1_000);

    private final long seed = Long.getLong("sandalphone.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RuleBasedNumberFormat english =
            new RuleBasedNumberFormat(ULocale.ENGLISH, RuleBasedNumberFormat.SPELLOUT);
    private final RuleBasedNumberFormat spanish =
            new RuleBasedNumberFormat(ULocale.forLanguageTag("es"), RuleBasedNumberFormat.SPELLOUT);

    private static boolean same(String said, Language from, String translated, Language to) {
        return Comparison.of(
                        ValueReader.read(said, from, List.of()),
                        ValueReader.read(translated, to, List.of()))
                .isPresent();
    }

    /// Each value in every form of one language against every form of the other, and against the forms
    /// of another value.
    private void survives(
            BiFunction<Integer, Integer, String> inEnglish,
            BiFunction<Integer, Integer, String> inSpanish,
            int forms,
            int values) {
        for (int round = 0; round < ROUNDS; round++) {
            int value = random.nextInt(values);
            int other = (value + 1 + random.nextInt(values - 1)) % values;
            String english = inEnglish.apply(value, random.nextInt(forms));
            String spanish = inSpanish.apply(value, random.nextInt(forms));
            String wrong = inSpanish.apply(other, random.nextInt(forms));
            String where = "seed " + seed + ", round " + round + ": " + english + " / ";
            assertTrue(same(english, EN, spanish, ES), () -> where + spanish);
            assertTrue(same(spanish, ES, english, EN), () -> where + spanish);
            assertFalse(same(english, EN, wrong, ES), () -> where + wrong);
        }
    }

    @Test
    void cardinals_survive() {
        survives(
                (value, form) -> "We have " + number(value, form, english) + " of them.",
                (value, form) -> "Tenemos " + number(value, form, spanish) + " de esos.",
                3,
                2_000_000);
    }

    @Test
    void amounts_survive() {
        survives(
                (value, form) ->
                        "It costs " + number(value / 2 + 2, form, english) + currency(value, true),
                (value, form) ->
                        "Cuesta " + number(value / 2 + 2, form, spanish) + currency(value, false),
                3,
                200_000);
    }

    private static String currency(int value, boolean english) {
        return value % 2 == 0 ? english ? " dollars." : " dólares." : " pesos.";
    }

    @Test
    void times_survive() {
        survives(
                (value, form) ->
                        "Come at "
                                + clock(value, form, english)
                                + (value < 720 ? " in the morning." : " in the afternoon."),
                (value, form) ->
                        "Venga a las "
                                + clock(value, form, spanish)
                                + (value < 720 ? " de la mañana." : " de la tarde."),
                2,
                1_140);
    }

    @Test
    void dates_survive() {
        survives(
                (value, form) ->
                        "The party is on "
                                + day(value)
                                        .format(
                                                DateTimeFormatter.ofPattern(
                                                        form == 0 ? "MMMM d, yyyy" : "d MMMM yyyy",
                                                        Locale.ENGLISH))
                                + ".",
                (value, form) ->
                        "La fiesta es el "
                                + (form == 0
                                        ? day(value).getDayOfMonth()
                                        : spanish.format(
                                                day(value).getDayOfMonth(), "%spellout-numbering"))
                                + day(value)
                                        .format(
                                                DateTimeFormatter.ofPattern(
                                                        " 'de' MMMM 'de' yyyy", Locale.of("es")))
                                + ".",
                2,
                20_000);
    }

    private static LocalDate day(int value) {
        return LocalDate.of(1950, 1, 1).plusDays(value);
    }

    private static String number(int value, int form, RuleBasedNumberFormat rules) {
        int number = Math.max(2, value);
        return switch (form) {
            case 0 -> Integer.toString(number);
            case 1 -> String.format(Locale.ROOT, "%,d", number);
            default -> rules.format(number, "%spellout-numbering").replace("\u00ad", "");
        };
    }

    /// From one o'clock in the morning to the last minute before eight in the evening.
    private static String clock(int value, int form, RuleBasedNumberFormat rules) {
        int hour = value / 60 % 12 == 0 ? 12 : value / 60 % 12;
        int minute = value % 60;
        if (form == 0) {
            return String.format(Locale.ROOT, "%d:%02d", hour, minute);
        }
        String spokenHour = rules.format(hour, "%spellout-numbering").replace("\u00ad", "");
        if (minute == 0) {
            return spokenHour;
        }
        boolean english = rules.getLocale(ULocale.VALID_LOCALE).getLanguage().equals("en");
        String minutes = rules.format(minute, "%spellout-numbering").replace("\u00ad", "");
        return english
                ? spokenHour + (minute < 10 ? " oh " : " ") + minutes
                : spokenHour + " y " + minutes;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Three boxes of twelve bottles. | Tres cajas de doce botellas. | true",
                "Three boxes of twelve bottles. | Doce cajas de tres botellas. | false",
                "Take two 20-milligram tablets. | Tome dos tabletas de 20 mg. | true",
                "Take two 20-milligram tablets. | Tome 20 tabletas de 2 mg. | false",
                "At ten to three. | Diez para las tres. | true",
                "We lost ten to three. | Perdimos diez a tres. | true",
                "Be there at noon. | Esté ahí a medianoche. | false",
                "It's minus five outside. | Estamos a cinco. | false",
                "I called once. | Llamé once veces. | false",
                "From nine to five. | De cinco a nueve. | false",
                "That's twelve fifty. | Son doce dólares con cincuenta centavos. | true",
                "Double five five, zero one. | 555 01 | true",
                "They owe me 300,000 pesos. | Me deben 300 mil pesos. | true",
                "They owe me 300,000 pesos. | Me deben 300 pesos. | false",
                "The 3rd of May. | El 3 de mayo. | true",
                "Come at 2 in the afternoon. | Venga a la una y dos de la tarde. | false",
                "Come at one ten in the afternoon. | Venga a las diez de la noche. | false",
                "Come at one ten in the afternoon. | Venga a la una y diez de la tarde. | true",
                "Come at four oh one in the afternoon. | Venga a las cuatro y uno de la mañana. |"
                        + " false",
                "Come at four oh one in the afternoon. | Venga a las cuatro y uno de la tarde. |"
                        + " true",
                "Out of 10 tests, 3 failed. | Fallaron 3 de 10 pruebas. | true",
                "Out of 10 tests, 3 failed. | Fallaron 10 de 3 pruebas. | false",
                "4 out of ten pay late. | De cada diez, cuatro pagan tarde. | true",
                "4 out of ten pay late. | De cada cuatro, diez pagan tarde. | false",
                "It's due on January 31st. | Es para el día último de enero. | true",
                "It's due on the last day of January. | Vence el 31 de enero. | true",
                "It's due on January 30th. | Es para el día último de enero. | false",
            })
    void what_is_the_same_to_a_listener_is_the_same(String said, String translated, boolean same) {
        assertEquals(same, same(said, EN, translated, ES));
    }
}
