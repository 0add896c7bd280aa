package io.sandalphone.speech.text.number;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The words of one language that say what a number is a number of: units, currencies, months, days of
/// the week, and what is numbered.
///
/// @param labels nouns behind which a number says which one
public record Measures(
        Map<String, String> units,
        Map<String, String> currencies,
        Map<String, Integer> months,
        Map<String, Integer> weekdays,
        Set<String> labels) {
    private static final Map<String, Measures> KNOWN =
            Map.of(
                    "en",
                    new Measures(
                            pairs(
                                    """
                                    seconds second minute minute minutes minute min minute
                                    hour hour hours hour hr hour hrs hour day day days day week week weeks week
                                    month month months month year year years year mg mg milligram mg milligrams mg
                                    gram g grams g g g kg kg kilo kg kilos kg kilogram kg kilograms kg
                                    pound lb pounds lb lb lb lbs lb km km kilometer km kilometers km
                                    kilometre km kilometres km mile mile miles mile meter m meters m metre m
                                    metres m m m centimeter cm centimeters cm cm cm mm mm millimeter mm
                                    millimeters mm inch inch inches inch foot foot feet foot ml ml milliliter ml
                                    milliliters ml liter l liters l gallon gallon gallons gallon degree ° degrees °
                                    ° °
                                    """),
                            pairs(
                                    """
                                    dollar USD dollars USD buck USD bucks USD peso MXN pesos MXN euro EUR euros EUR
                                    sterling GBP quid GBP cent cent cents cent centavo cent centavos cent
                                    penny cent pennies cent
                                    """),
                            numbers(
                                    "january february march april may june july august september"
                                            + " october november december"),
                            numbers("monday tuesday wednesday thursday friday saturday sunday"),
                            Set.of(
                                    "floor",
                                    "chapter",
                                    "chapters",
                                    "phase",
                                    "part",
                                    "section",
                                    "article",
                                    "street",
                                    "number",
                                    "room",
                                    "gate",
                                    "apartment",
                                    "unit",
                                    "line",
                                    "step",
                                    "item",
                                    "subsection",
                                    "route",
                                    "office",
                                    "bed",
                                    "tower",
                                    "exit",
                                    "stage",
                                    "grade")),
                    "es",
                    new Measures(
                            pairs(
                                    """
                                    segundos second minuto minute minutos minute min minute hora hour
                                    horas hour hr hour hrs hour día day días day semana week semanas week
                                    mes month meses month año year años year añito year mg mg miligramo mg
                                    miligramos mg gramo g gramos g g g kg kg kilo kg kilos kg kilogramo kg
                                    kilogramos kg libra lb libras lb km km kilómetro km kilómetros km
                                    milla mile millas mile metro m metros m m m centímetro cm centímetros cm
                                    cm cm mm mm milímetro mm milímetros mm pulgada inch pulgadas inch pie foot
                                    pies foot ml ml mililitro ml mililitros ml litro l litros l galón gallon
                                    galones gallon grado ° grados ° ° °
                                    """),
                            pairs(
                                    """
                                    dólar USD dólares USD dolar USD dolares USD peso MXN pesos MXN varo MXN
                                    varos MXN euro EUR euros EUR esterlinas GBP centavo cent centavos cent
                                    céntimo cent céntimos cent
                                    """),
                            numbers(
                                    "enero febrero marzo abril mayo junio julio agosto septiembre"
                                            + " octubre noviembre diciembre"),
                            numbers("lunes martes miércoles jueves viernes sábado domingo"),
                            Set.of(
                                    "piso",
                                    "capítulo",
                                    "capítulos",
                                    "fase",
                                    "parte",
                                    "sección",
                                    "artículo",
                                    "fracción",
                                    "calle",
                                    "número",
                                    "lugar",
                                    "siglo",
                                    "día",
                                    "grado",
                                    "cuarto",
                                    "habitación",
                                    "puerta",
                                    "línea",
                                    "paso",
                                    "inciso",
                                    "ruta",
                                    "vuelo",
                                    "sala",
                                    "salón",
                                    "consultorio",
                                    "cama",
                                    "torre",
                                    "salida",
                                    "nivel",
                                    "etapa",
                                    "aniversario",
                                    "llamada",
                                    "tercero")));

    private static final Measures NONE =
            new Measures(Map.of(), Map.of(), Map.of(), Map.of(), Set.of());

    public static Measures of(String language) {
        return KNOWN.getOrDefault(language, NONE);
    }

    private static Map<String, String> pairs(String table) {
        Map<String, String> pairs = new HashMap<>();
        String[] cells = table.strip().split("\\s+", -1);
        for (int i = 0; i < cells.length; i += 2) {
            pairs.put(cells[i], cells[i + 1]);
        }
        return pairs;
    }

    private static Map<String, Integer> numbers(String names) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String name : names.split(" ", -1)) {
            numbers.put(name, numbers.size() + 1);
        }
        return numbers;
    }
}
