package io.sandalphone.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.config.WholeFile;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.Optional;

/// What a day has cost, as a file: `{"date", "currency", "amount", "listened",
/// "translated_characters", "spoken_characters", "read_tokens", "written_tokens"}`, amount and length of time as text. One without
/// tokens is of a gateway that did not count them. The file
/// is replaced as a whole, so it is never found half written.
final class LedgerFile {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final int MOST_BYTES = 64 * 1024;

    private final Path file;
    private final Currency currency;

    LedgerFile(Path file, Currency currency) {
        this.file = file;
        this.currency = currency;
    }

    Path path() {
        return file;
    }

    /// The day that was written last; empty when there is no such file yet.
    ///
    /// @throws IOException when it cannot be read, or holds anything else; [#reason] says what
    Optional<Day> read() throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        // Reading a pipe or a device might never end.
        if (!Files.isRegularFile(file)) {
            throw new IOException("something that is no file");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("something that is no ledger");
        }
        try {
            return Optional.of(day(JSON.readTree(Files.readString(file))));
        } catch (JsonProcessingException
                | CharacterCodingException
                | DateTimeException
                | IllegalArgumentException e) {
            throw new IOException("something that is no ledger", e);
        }
    }

    private Day day(JsonNode json) throws IOException {
        LocalDate date = LocalDate.parse(json.path("date").asText());
        String kept = json.path("currency").asText();
        if (!kept.equals(currency.getCurrencyCode())) {
            throw new IOException("amounts in " + Currency.getInstance(kept));
        }
        Duration listened = Duration.parse(json.path("listened").asText());
        if (listened.isNegative()) {
            throw new IllegalArgumentException("less than nothing was listened to");
        }
        return new Day(
                date,
                new Spending(
                        listened,
                        number(json.path("translated_characters")),
                        number(json.path("spoken_characters")),
                        json.has("read_tokens") ? number(json.path("read_tokens")) : 0,
                        json.has("written_tokens") ? number(json.path("written_tokens")) : 0,
                        amount(json.path("amount").asText())));
    }

    /// As it is written here: without a sign, and without an exponent, of which a few characters can
    /// stand for more digits than there is memory.
    private static BigDecimal amount(String text) {
        if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,30})?")) {
            throw new IllegalArgumentException("no amount");
        }
        return new BigDecimal(text);
    }

    private static long number(JsonNode json) {
        if (!json.isIntegralNumber() || !json.canConvertToLong() || json.asLong() < 0) {
            throw new IllegalArgumentException("no number of characters or tokens");
        }
        return json.asLong();
    }

    /// Gives the file another name, so that it can be looked at, and a new one be written. Returns
    /// that name.
    ///
    /// @throws IOException when it cannot be moved, or is neither a file nor a folder
    Path setAside(Instant now) throws IOException {
        if (!Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new IOException("something that is neither a file nor a folder");
        }
        String name = file.getFileName() + ".broken-" + now.truncatedTo(ChronoUnit.SECONDS);
        Path aside = file.resolveSibling(name.replace(":", ""));
        for (int i = 2; Files.exists(aside); i++) {
            aside = file.resolveSibling(name.replace(":", "") + "-" + i);
        }
        return Files.move(file, aside);
    }

    /// What an exception says to an operator.
    static String reason(IOException e) {
        return e instanceof FileSystemException refused
                ? refused.getClass().getSimpleName()
                : String.valueOf(e.getMessage());
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
                        .put("read_tokens", spending.readTokens())
                        .put("written_tokens", spending.writtenTokens())
                        .toPrettyString();
        WholeFile.replace(file, text + "\n");
    }
}
