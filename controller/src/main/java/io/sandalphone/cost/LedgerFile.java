package io.sandalphone.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.files.StateFile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/// What a day has cost, as a file: `{"date", "currency"}` and what was spent ([SpendingJson]). The file
/// is replaced as a whole, so it is never found half written.
final class LedgerFile implements AutoCloseable {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final int MOST_BYTES = 64 * 1024;

    private final StateFile file;
    private final Currency currency;

    LedgerFile(Path path, Currency currency) {
        file = new StateFile(path, "ledger", MOST_BYTES);
        this.currency = currency;
    }

    Path path() {
        return file.path();
    }

    /// The day that was written last; empty when there is no such file yet.
    ///
    /// @throws IOException when it cannot be read, or holds anything else; [StateFile#reason] says what
    Optional<Day> read() throws IOException {
        Optional<String> text = file.read();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(day(JSON.readTree(text.get())));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            throw file.notOfItsKind(e);
        }
    }

    private Day day(JsonNode json) throws IOException {
        LocalDate date = LocalDate.parse(json.path("date").asText());
        String kept = json.path("currency").asText();
        if (!kept.equals(currency.getCurrencyCode())) {
            throw new IOException("amounts in " + Currency.getInstance(kept));
        }
        return new Day(date, SpendingJson.read(json));
    }

    /// As [StateFile#setAside].
    Path setAside(Instant now) throws IOException {
        return file.setAside(now);
    }

    /// As [StateFile#unwritable].
    Optional<String> unwritable() {
        return file.unwritable();
    }

    /// As [StateFile#writeAlone], also after a power failure.
    void write(Day day) throws IOException {
        var json =
                JSON.createObjectNode()
                        .put("date", day.date().toString())
                        .put("currency", currency.getCurrencyCode());
        SpendingJson.write(day.spending(), json);
        file.writeAlone(json.toPrettyString() + "\n", true);
    }

    /// Lets another gateway write it.
    @Override
    public void close() throws IOException {
        file.close();
    }
}
