package io.sandalphone.speech.text.protect;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A text, and what its listener must hear of it, each part once.
public record ProtectedTexts(Language from, Language to, String said, List<String> whole) {
    private static final Language EN = new Language("en-US");
    private static final Language ES = new Language("es-MX");

    static ProtectedTexts english(String said, String... whole) {
        return new ProtectedTexts(EN, ES, said, List.of(whole));
    }

    static ProtectedTexts spanish(String said, String... whole) {
        return new ProtectedTexts(ES, EN, said, List.of(whole));
    }

    public static final Glossary GLOSSARY =
            new Glossary(
                    List.of("Acme", "Acme Plus", "Señor Pérez", "O'Neil & Sons"),
                    List.of(
                            new Glossary.Term(
                                    new Language("en"), new Language("es"), "boiler", "caldera"),
                            new Glossary.Term(
                                    new Language("en"),
                                    new Language("es"),
                                    "boiler room",
                                    "sala de máquinas"),
                            new Glossary.Term(
                                    new Language("en"),
                                    new Language("es"),
                                    "form 1040",
                                    "formulario 1040"),
                            new Glossary.Term(
                                    new Language("es"), new Language("en"), "caldera", "boiler"),
                            new Glossary.Term(
                                    new Language("es"),
                                    new Language("en"),
                                    "corte de luz",
                                    "power cut")));

    public static final List<ProtectedTexts> ALL =
            List.of(
                    english("It costs $1,250.50 today", "1250.50 dólares"),
                    english("It costs 1,250.50 today", "1250.50"),
                    english("that is 1,000,000 people", "1000000"),
                    english("pi is 3.141", "3.141"),
                    english("I have 2 dogs and 3 cats", "2", "3"),
                    english("2 and 2 is 4", "2", "2", "4"),
                    english("about 20 % of the people", "20"),
                    english("a 20% discount", "20"),
                    english("it fell by 3.5% last year", "3.5"),
                    english("call me at 555-123-4567 please", "555-123-4567"),
                    english("my number is (555) 123-4567.", "(555) 123-4567"),
                    english("dial +1 (555) 123-4567 now", "+1 (555) 123-4567"),
                    english("dial +15551234567 now", "+15551234567"),
                    english("the number is 5551234567", "5551234567"),
                    english("my code is 5 5 5 1 2", "5 5 5 1 2"),
                    english("the code is 007", "007"),
                    english("on 03/04/2026 we meet", "4 de marzo de 2026"),
                    english("on 12/25/2026 we meet", "25 de diciembre de 2026"),
                    english("on 25/12/2026 we meet", "25 de diciembre de 2026"),
                    english("born 2001-02-03 in town", "3 de febrero de 2001"),
                    english("due 1/2/26, thanks", "2 de enero de 2026"),
                    english("on May 3rd, 2026", "3", "2026"),
                    english("at 10:30 tomorrow", "10:30"),
                    english("at 10:30 am tomorrow", "10:30 a. m."),
                    english("come at 5 p.m. or 6PM", "5 p. m.", "6 p. m."),
                    english("write to john.smith@example.com now", "john.smith@example.com"),
                    english("mail Ana_9+x@mail.example.org.", "Ana_9+x@mail.example.org"),
                    english(
                            "visit https://example.com/a?b=1&c=2, then",
                            "https://example.com/a?b=1&c=2"),
                    english(
                            "see www.example.org or example.com/menu.",
                            "www.example.org",
                            "example.com/menu"),
                    english("this is Acme calling", "Acme"),
                    english("do you know ACME plus or Acme", "Acme Plus", "Acme"),
                    english("ask O'Neil & Sons about it", "O'Neil & Sons"),
                    english("the boiler is broken", "caldera"),
                    english("the Boiler Room is hot", "sala de máquinas"),
                    english(
                            "fill in form 1040 and form  1040",
                            "formulario 1040",
                            "formulario 1040"),
                    english("mail acme@example.com about acme", "acme@example.com", "Acme"),
                    english("flight AA123 leaves from gate B12", "AA123", "B12"),
                    english("room 12B on the 3rd floor", "12B", "3"),
                    english("it was -5 degrees", "-5"),
                    english("the address is 192.168.1.1", "192.168.1.1"),
                    english("between 10-15 people", "10", "15"),
                    english("US$ 40 and €30.20", "40 dólares", "30.20 euros"),
                    english(
                            "Acme owes 1,250.50 to bob@example.com on 03/04/2026",
                            "Acme",
                            "1250.50",
                            "bob@example.com",
                            "4 de marzo de 2026"),
                    spanish("cuesta 1.250,50 pesos", "1250.50"),
                    spanish("cuesta 1,250.50 pesos", "1250.50"),
                    spanish("cuesta $1.250,50 hoy", "1250.50 pesos"),
                    spanish("son 1.250 pesos", "1250"),
                    spanish("son 1,250 pesos", "1250"),
                    spanish("mide 1,75 metros", "1.75"),
                    spanish("el 20 % de la gente", "20"),
                    spanish("un 15% menos", "15"),
                    spanish("llame al 55 1234 5678 por favor", "55 1234 5678"),
                    spanish("llame al +52 55 1234 5678", "+52 55 1234 5678"),
                    spanish("el 03/04/2026 nos vemos", "April 3, 2026"),
                    spanish("el 25/12/2026 nos vemos", "December 25, 2026"),
                    spanish("el 3 de abril de 2026", "3", "2026"),
                    spanish("son las 10:30", "10:30"),
                    spanish("a las 10:30 a. m. en punto", "10:30 a.m."),
                    spanish("a las 5 p.m. mañana", "5 p.m."),
                    spanish("escriba a juan@ejemplo.com", "juan@ejemplo.com"),
                    spanish("visite www.ejemplo.mx/menú.", "www.ejemplo.mx/menú"),
                    spanish("habla el señor pérez de Acme", "Señor Pérez", "Acme"),
                    spanish("la caldera gotea", "boiler"),
                    spanish("hubo un corte de luz a las 8:15", "power cut", "8:15"),
                    spanish("el 1.er piso, puerta 4", "1", "4"),
                    spanish("tengo 2 perros y 3 gatos", "2", "3"),
                    spanish("vuelo AM501 puerta 7", "AM501", "7"),
                    spanish("el código es 4 8 1 5", "4 8 1 5"),
                    spanish("entre 10 y 15 personas", "10", "15"),
                    spanish("40 € o 30,20 $", "40 euros", "30.20 pesos"));

    public TranslationRequest request() {
        return new TranslationRequest(said, from, to, List.of(), Usage.UNMETERED);
    }

    /// Every part stands once in `translated`, with no other number beside them.
    public void assertWhole(String translated) {
        String rest = translated;
        for (String part : whole) {
            Pattern once =
                    Pattern.compile(
                            "(?<![\\p{L}\\p{N}.,])"
                                    + Pattern.quote(part)
                                    + (Character.isDigit(part.charAt(part.length() - 1))
                                            ? "(?!\\d|[.,]\\d)"
                                            : "(?![\\p{L}\\p{N}])"));
            assertTrue(
                    once.matcher(rest).find(),
                    () -> said + " became " + translated + ", without " + part);
            rest = once.matcher(rest).replaceFirst("|");
        }
        String left = rest;
        assertFalse(
                left.chars().anyMatch(Character::isDigit),
                () -> said + " became " + translated + ": " + left + " is too much");
        assertFalse(translated.toLowerCase(Locale.ROOT).contains("qzx"), translated);
    }
}
