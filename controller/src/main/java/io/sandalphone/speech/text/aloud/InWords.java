package io.sandalphone.speech.text.aloud;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpokenSpan;
import io.sandalphone.speech.text.lexicon.Lexicon;
import io.sandalphone.speech.text.number.ValueReader;
import io.sandalphone.speech.text.value.Roman;
import io.sandalphone.speech.text.value.Value;
import io.sandalphone.speech.text.value.Written;

import java.util.Arrays;
import java.util.List;
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
        Lexicon lexicon = Lexicon.of(language);
        return SYMBOL.matcher(text)
                .replaceAll(
                        match -> {
                            String number =
                                    text.substring(0, match.start()).replaceAll(".*[^\\d.,]", "");
                            List<String> name = lexicon.forms(match.group(2).replace(" ", ""));
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
