package io.sandalphone.harness.sentences;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the values of a row in what is voiced, by the forms in which each may be written.
final class Voiced {
    private static final List<List<String>> MONTHS =
            List.of(
                    List.of(
                            "january",
                            "february",
                            "march",
                            "april",
                            "may",
                            "june",
                            "july",
                            "august",
                            "september",
                            "october",
                            "november",
                            "december"),
                    List.of(
                            "enero",
                            "febrero",
                            "marzo",
                            "abril",
                            "mayo",
                            "junio",
                            "julio",
                            "agosto",
                            "septiembre",
                            "octubre",
                            "noviembre",
                            "diciembre"));

    private final Row row;
    private final boolean spanish;

    Voiced(Row row) {
        this.row = row;
        spanish = row.cell("to").startsWith("es");
    }

    /// Whether one of the lists of values stands there as a whole, and no digits beside it.
    boolean holdsAll() {
        return Arrays.stream(row.cell("voiced_values").split(" \\|\\| ", -1))
                .anyMatch(this::holdsList);
    }

    private boolean holdsList(String list) {
        String left = row.got("voiced").toLowerCase(Locale.ROOT);
        for (String value : list.isEmpty() ? new String[0] : list.split("; ", -1)) {
            String found = null;
            for (String alternative : value.split("\\|", -1)) {
                found = found == null ? without(left, alternative) : found;
            }
            if (found == null) {
                return false;
            }
            left = found;
        }
        return left.chars().noneMatch(Character::isDigit);
    }

    /// The text without the first place at which `value` stands; null where it stands nowhere.
    private @Nullable String without(String text, String value) {
        int colon = value.indexOf(':');
        String body = value.substring(colon + 1);
        for (String form : forms(value.substring(0, colon), body)) {
            Matcher matcher =
                    Pattern.compile(
                                    "(?<![\\p{L}\\p{N}])(?:" + form + ")(?![\\p{L}\\p{N}])",
                                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                            .matcher(text);
            if (matcher.find()) {
                return text.substring(0, matcher.start()) + "·" + text.substring(matcher.end());
            }
        }
        return null;
    }

    private List<String> forms(String type, String body) {
        return switch (type) {
            case "amount" -> amount(body);
            case "digits", "code" -> List.of(spread(body));
            case "date" -> date(body);
            case "time" -> time(body);
            case "text" -> List.of(Pattern.quote(body.toLowerCase(Locale.ROOT)));
            case "ordinal" -> ordinal(body);
            case "weekday", "answer" -> List.of("");
            default -> count(body);
        };
    }

    private List<String> amount(String body) {
        String[] parts = body.split(" ", -1);
        String word =
                switch (parts[1]) {
                    case "USD" -> "d[oó]ll?ar(?:e?s)?|bucks?";
                    case "EUR" -> "euros?";
                    case "GBP" -> "pounds?|libras?";
                    default -> "pesos?";
                };
        List<String> forms = new ArrayList<>();
        number(parts[0]).forEach(form -> forms.add(form + "(?: de)? (?:" + word + ")"));
        return forms;
    }

    private List<String> count(String body) {
        String number = body.split(" ", -1)[0];
        if (number.contains("/")) {
            return List.of(number + "|half|quarter|medi[oa]|mitad|cuartos?|thirds?|tercios?");
        }
        return number(number);
    }

    private List<String> number(String number) {
        List<String> forms = new ArrayList<>();
        BigDecimal value = new BigDecimal(number);
        String plain = value.abs().toPlainString();
        String sign = value.signum() < 0 ? "(?:-|minus |menos |negative )" : "";
        String whole = plain.contains(".") ? plain.substring(0, plain.indexOf('.')) : plain;
        String grouped = whole.replaceAll("(?<=\\d)(?=(?:\\d{3})+$)", "[,. ]?");
        String fraction =
                plain.contains(".") ? "[.,]" + plain.substring(plain.indexOf('.') + 1) : "";
        forms.add(sign + grouped + fraction);
        if (plain.equals("2")) {
            forms.add("both|l[oa]s dos|amb[oa]s");
        }
        if (!plain.contains(".")) {
            for (String rules : new String[] {"%spellout-cardinal", "%spellout-numbering"}) {
                spelled(Long.parseLong(plain), rules).forEach(each -> forms.add(sign + each));
            }
            if (plain.length() > 3 && plain.endsWith("000")) {
                forms.add(plain.substring(0, plain.length() - 3) + " (?:thousand|mil)");
            }
        }
        return forms;
    }

    private List<String> spelled(long value, String prefix) {
        var rules =
                new RuleBasedNumberFormat(
                        ULocale.forLanguageTag(spanish ? "es" : "en"),
                        RuleBasedNumberFormat.SPELLOUT);
        return Arrays.stream(rules.getRuleSetNames())
                .filter(name -> name.startsWith(prefix))
                .map(name -> rules.format(value, name).replace("\u00ad", ""))
                .map(said -> said.replace("-", "[ -]").replace(" ", " (?:and )?"))
                .toList();
    }

    /// Digits with whatever stands between their groups.
    private static String spread(String characters) {
        return String.join("[ ,.()*#+-]*", characters.split("(?!^)"));
    }

    private List<String> date(String body) {
        String month =
                body.startsWith("---") ? "" : body.replaceAll("^-?-?(?:\\d{4}-)?(\\d\\d).*", "$1");
        if (!body.contains("-") || month.isEmpty()) {
            return List.of("0?" + body.replaceAll("^[-0]+", "") + "(?:st|nd|rd|th|º|\\.º)?");
        }
        String name = MONTHS.get(spanish ? 1 : 0).get(Integer.parseInt(month) - 1);
        String day = body.matches(".*\\d\\d-\\d\\d") ? body.substring(body.length() - 2) : "";
        String year = body.matches("\\d{4}.*") ? body.substring(0, 4) : "";
        String number = day.replaceAll("^0", "");
        if (spanish) {
            String days =
                    day.isEmpty()
                            ? ""
                            : "(?:"
                                    + number
                                    + "(?:\\.?º)?|primero|"
                                    + String.join(
                                            "|",
                                            spelled(Long.parseLong(day), "%spellout-numbering"))
                                    + ") de ";
            return List.of(days + name + (year.isEmpty() ? "" : " del? " + year));
        }
        return List.of(
                name
                        + (day.isEmpty() ? "" : " " + number + "(?:st|nd|rd|th)?")
                        + (year.isEmpty() ? "" : ",? (?:of )?" + year));
    }

    private List<String> time(String body) {
        String[] parts = body.replace(" 12h", "").split(":", -1);
        int hour = Integer.parseInt(parts[0]);
        String minutes = parts[1].equals("00") ? "(?::00)?" : ":" + parts[1];
        int half = hour % 12 == 0 ? 12 : hour % 12;
        List<String> forms = new ArrayList<>();
        forms.add(half + minutes + " ?" + (hour < 12 ? "a" : "p") + "\\.? ?m");
        forms.add("0?" + hour + minutes);
        // "De 4 a 6 p. m."
        forms.add(half + minutes);
        if (parts[1].equals("00")) {
            forms.addAll(spelled(half, "%spellout-cardinal"));
            forms.add(hour == 0 ? "midnight|medianoche" : hour == 12 ? "noon|mediodía" : "(?!)");
        }
        return forms;
    }

    private List<String> ordinal(String body) {
        List<String> forms = new ArrayList<>();
        forms.add(body + "(?:st|nd|rd|th|\\.?[ºª]|er)?");
        forms.addAll(spelled(Long.parseLong(body), "%spellout-ordinal"));
        return forms;
    }
}
