package io.sandalphone.speech.text.aloud;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpokenSpan;
import io.sandalphone.speech.text.number.ValueReader;
import io.sandalphone.speech.text.value.Roman;
import io.sandalphone.speech.text.value.Value;
import io.sandalphone.speech.text.value.Written;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes a span as any voice of English or Spanish says it right: digits apart, signs, units and
/// fractions in words. Numbers stay digits: every voice reads those.
final class InWords {
    private static final Pattern GROUP = Pattern.compile("\\d++");
    private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{N}]++");
    private static final Pattern PARTS =
            Pattern.compile("(?:(\\d++)\\s++)?(?:(\\d++)/(\\d++)|(\\d*+)([½¼¾]))");
    private static final Pattern CENTS =
            Pattern.compile("(\\d++)[.,](\\d{2})\\s(dollars?|d[óo]lar(?:es)?|pesos?|euros?)");
    private static final Pattern SYMBOL =
            Pattern.compile(
                    "(?<=\\d)(\\s?)(°\\s?[CF]|°|Ah|mAh|kWh|km/h|mph|mg|ml|mm|cm|km|kg|lbs?|oz|ft|in|h|g|m|l)(?![\\p{L}])");
    private static final Pattern HALF_DAY = Pattern.compile("([ap])\\.\\s?m\\.?");

    private static final Map<String, List<String>> ENGLISH_UNITS =
            Map.ofEntries(
                    Map.entry("°C", List.of("degree Celsius", "degrees Celsius")),
                    Map.entry("°F", List.of("degree Fahrenheit", "degrees Fahrenheit")),
                    Map.entry("°", List.of("degree", "degrees")),
                    Map.entry("Ah", List.of("ampere hour", "ampere hours")),
                    Map.entry("mAh", List.of("milliampere hour", "milliampere hours")),
                    Map.entry("kWh", List.of("kilowatt hour", "kilowatt hours")),
                    Map.entry("km/h", List.of("kilometer per hour", "kilometers per hour")),
                    Map.entry("mph", List.of("mile per hour", "miles per hour")),
                    Map.entry("mg", List.of("milligram", "milligrams")),
                    Map.entry("ml", List.of("milliliter", "milliliters")),
                    Map.entry("mm", List.of("millimeter", "millimeters")),
                    Map.entry("cm", List.of("centimeter", "centimeters")),
                    Map.entry("km", List.of("kilometer", "kilometers")),
                    Map.entry("kg", List.of("kilogram", "kilograms")),
                    Map.entry("lb", List.of("pound", "pounds")),
                    Map.entry("lbs", List.of("pound", "pounds")),
                    Map.entry("oz", List.of("ounce", "ounces")),
                    Map.entry("ft", List.of("foot", "feet")),
                    Map.entry("in", List.of("inch", "inches")),
                    Map.entry("h", List.of("hour", "hours")),
                    Map.entry("g", List.of("gram", "grams")),
                    Map.entry("m", List.of("meter", "meters")),
                    Map.entry("l", List.of("liter", "liters")));

    private static final Map<String, List<String>> SPANISH_UNITS =
            Map.ofEntries(
                    Map.entry("°C", List.of("grado Celsius", "grados Celsius")),
                    Map.entry("°F", List.of("grado Fahrenheit", "grados Fahrenheit")),
                    Map.entry("°", List.of("grado", "grados")),
                    Map.entry("Ah", List.of("amperio hora", "amperios hora")),
                    Map.entry("mAh", List.of("miliamperio hora", "miliamperios hora")),
                    Map.entry("kWh", List.of("kilovatio hora", "kilovatios hora")),
                    Map.entry("km/h", List.of("kilómetro por hora", "kilómetros por hora")),
                    Map.entry("mph", List.of("milla por hora", "millas por hora")),
                    Map.entry("mg", List.of("miligramo", "miligramos")),
                    Map.entry("ml", List.of("mililitro", "mililitros")),
                    Map.entry("mm", List.of("milímetro", "milímetros")),
                    Map.entry("cm", List.of("centímetro", "centímetros")),
                    Map.entry("km", List.of("kilómetro", "kilómetros")),
                    Map.entry("kg", List.of("kilogramo", "kilogramos")),
                    Map.entry("lb", List.of("libra", "libras")),
                    Map.entry("lbs", List.of("libra", "libras")),
                    Map.entry("oz", List.of("onza", "onzas")),
                    Map.entry("ft", List.of("pie", "pies")),
                    Map.entry("in", List.of("pulgada", "pulgadas")),
                    Map.entry("h", List.of("hora", "horas")),
                    Map.entry("g", List.of("gramo", "gramos")),
                    Map.entry("m", List.of("metro", "metros")),
                    Map.entry("l", List.of("litro", "litros")));

    private static final int HIGHEST_SPOKEN_ORDINAL = 20;

    private final boolean spanish;
    private final Language language;

    private InWords(Language language) {
        this.language = language;
        spanish = language.base().equals("es");
    }

    static String of(String text, SpokenSpan.As as, Language language) {
        boolean known = language.base().equals("en") || language.base().equals("es");
        return known ? new InWords(language).written(text, as) : text;
    }

    private String written(String text, SpokenSpan.As as) {
        return switch (as) {
            case TELEPHONE, DIGITS ->
                    (text.startsWith("+") ? spanish ? "más " : "plus " : "") + digits(text);
            case CHARACTERS ->
                    CHARACTERS
                            .matcher(text)
                            .results()
                            .map(match -> apart(match.group()))
                            .collect(Collectors.joining(", "));
            case CARDINAL -> signed(text);
            case UNIT -> units(signed(text));
            case CURRENCY -> cents(signed(named(text)));
            case PERCENT -> signed(text).replaceAll("\\s?%", spanish ? " por ciento" : " percent");
            case ORDINAL -> ordinal(text);
            case FRACTION -> fraction(text);
            case TIME -> HALF_DAY.matcher(text).replaceAll("$1 m");
            case DATE -> spanish ? text.replaceAll("^1(?:\\.?º)?(?= de )", "primero") : text;
            case INTERNET -> text;
        };
    }

    /// As numbers are called out: in groups of three and four.
    private static String digits(String text) {
        return GROUP.matcher(text)
                .results()
                .map(MatchResult::group)
                .flatMap(InWords::grouped)
                .map(InWords::apart)
                .collect(Collectors.joining(", "));
    }

    private static String apart(String characters) {
        return characters
                .codePoints()
                .mapToObj(Character::toString)
                .collect(Collectors.joining(" "));
    }

    private static Stream<String> grouped(String digits) {
        return switch (digits.length()) {
            case 10 ->
                    Arrays.stream(
                            new String[] {
                                digits.substring(0, 3), digits.substring(3, 6), digits.substring(6)
                            });
            case 7 -> Arrays.stream(new String[] {digits.substring(0, 3), digits.substring(3)});
            case 5 -> Stream.of(digits);
            default ->
                    Arrays.stream(digits.split("(?<=\\G\\d{4})", -1))
                            .filter(part -> !part.isEmpty());
        };
    }

    private String signed(String text) {
        return text.replaceFirst("^[-−](?=\\d)", spanish ? "menos " : "minus ");
    }

    private String units(String text) {
        Map<String, List<String>> names = spanish ? SPANISH_UNITS : ENGLISH_UNITS;
        return SYMBOL.matcher(text)
                .replaceAll(
                        match -> {
                            String number =
                                    text.substring(0, match.start()).replaceAll(".*[^\\d.,]", "");
                            List<String> name =
                                    names.getOrDefault(match.group(2).replace(" ", ""), List.of());
                            return name.isEmpty()
                                    ? Matcher.quoteReplacement(match.group())
                                    : " " + name.get(number.equals("1") ? 0 : 1);
                        });
    }

    /// With the name of a currency for its sign.
    private String named(String text) {
        return text.codePoints().noneMatch(point -> "$€£".indexOf(point) >= 0)
                ? text
                : ValueReader.read(text, language, List.of()).readings().stream()
                        .filter(reading -> reading.value() instanceof Value.Amount)
                        .findFirst()
                        .flatMap(reading -> Written.of(reading.value(), language))
                        .orElse(text);
    }

    private String cents(String text) {
        return CENTS.matcher(text)
                .replaceAll(
                        match ->
                                match.group(2).equals("00")
                                        ? match.group(1) + " " + match.group(3)
                                        : match.group(1)
                                                + " "
                                                + match.group(3)
                                                + (spanish ? " con " : " and ")
                                                + Integer.parseInt(match.group(2))
                                                + (spanish ? " centavos" : " cents"));
    }

    private String ordinal(String text) {
        if (text.matches("[IVXLC]+")) {
            return Integer.toString(Roman.value(text));
        }
        Matcher number = GROUP.matcher(text);
        if (!spanish || !number.find() || number.group().length() > 2) {
            return text;
        }
        int value = Integer.parseInt(number.group());
        if (value > HIGHEST_SPOKEN_ORDINAL) {
            return number.group();
        }
        String gender =
                text.endsWith("ª") || text.endsWith("a")
                        ? "feminine"
                        : text.endsWith("er") ? "masculine-adjective" : "masculine";
        return rules().format(value, "%spellout-ordinal-" + gender).replace("\u00ad", "");
    }

    private RuleBasedNumberFormat rules() {
        return new RuleBasedNumberFormat(
                ULocale.forLanguageTag(spanish ? "es" : "en"), RuleBasedNumberFormat.SPELLOUT);
    }

    private String fraction(String text) {
        return PARTS.matcher(text).replaceFirst(match -> Matcher.quoteReplacement(part(match)));
    }

    private String part(MatchResult match) {
        boolean sign = match.group(5) != null;
        String whole = sign ? match.group(4) : match.group(1) == null ? "" : match.group(1);
        int over = sign ? match.group(5).equals("¾") ? 3 : 1 : Integer.parseInt(match.group(2));
        int under = sign ? match.group(5).equals("½") ? 2 : 4 : Integer.parseInt(match.group(3));
        return (whole.isEmpty() ? "" : whole + (spanish ? " y " : " and "))
                + part(over, under, !whole.isEmpty());
    }

    private String part(int over, int under, boolean behindWhole) {
        if (under == 2) {
            return spanish ? "medio" : behindWhole ? "a half" : "half";
        }
        String name =
                under == 4 && !spanish
                        ? "quarter"
                        : under == 3 && spanish
                                ? "tercio"
                                : rules().format(
                                                under,
                                                spanish
                                                        ? "%spellout-ordinal-masculine"
                                                        : "%spellout-ordinal")
                                        .replace("\u00ad", "");
        return over == 1
                ? (spanish ? "un " : "a ") + name
                : rules().format(over, "%spellout-numbering").replace("\u00ad", "")
                        + " "
                        + name
                        + "s";
    }
}
