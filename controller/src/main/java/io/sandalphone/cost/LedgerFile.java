package io.sandalphone.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/// What a day has cost, as a file: `{"date", "currency", "amount", "listened",
/// "translated_characters", "spoken_characters"}`, amount and length of time as text. The file
/// is replaced as a whole, so it is never found half written.
final class LedgerFile {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final Currency currency;

    LedgerFile(Path file, Currency currency) {
        this.file = file;
        this.currency = currency;
    }

    /// The day that was written last; empty when there is no such file yet.
    ///
    /// @throws IOException when it cannot be read, or holds anything else; the message says what
    Optional<Day> read() throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        try {
            return Optional.of(day(JSON.readTree(text)));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            throw new IOException("something that is no ledger", e);
        }
    }

    private Day day(JsonNode json) throws IOException {
        LocalDate date = LocalDate.parse(json.path("date").asText());
        String kept = json.path("currency").asText();
        if (!kept.equals(currency.getCurrencyCode())) {
            throw new IOException("amounts in " + Currency.getInstance(kept));
        }
        return new Day(
                date,
                new Spending(
                        Duration.parse(json.path("listened").asText()),
                        characters(json.path("translated_characters")),
                        characters(json.path("spoken_characters")),
                        new BigDecimal(json.path("amount").asText())));
    }

    private static long characters(JsonNode json) {
        if (!json.canConvertToLong()) {
            throw new IllegalArgumentException("no number of characters");
        }
        return json.asLong();
    }

    void write(Day day) throws IOException {
        Spending spending = day.spending();
        String text =
                JSON.createObjectNode()
                        .put("date", day.date().toString())
                        .put("currency", currency.getCurrencyCode())
                        .put("amount", spending.amount().toPlainString())
                        .put("listened", spending.listened().toString())
                        .put("translated_characters", spending.translatedCharacters())
                        .put("spoken_characters", spending.spokenCharacters())
                        .toPrettyString();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(
                fresh,
                text + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
