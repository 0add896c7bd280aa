package io.sandalphone.cost;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.SpeechProvider;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/// What calls cost and may cost. Amounts are in `currency`; a day ends at midnight in `zone`;
/// `ledger` is the file that keeps what the day has cost over a restart.
public record CostSettings(
        Currency currency,
        Optional<BigDecimal> perCall,
        Optional<BigDecimal> perDay,
        ZoneId zone,
        Optional<Path> ledger,
        PriceTable prices) {
    public CostSettings {
        if (prices.isFree() && (perCall.isPresent() || perDay.isPresent())) {
            throw new IllegalArgumentException("a cap, which no amount reaches without prices");
        }
    }

    /// Reads the section `costs`. `providers`, and `brains` by their names, are those that can have prices.
    public static Setting<CostSettings> read(
            Section section, List<SpeechProvider> providers, List<String> brains) {
        Setting<Currency> currency =
                section.value(
                        "currency", "a currency (ISO 4217) such as USD", Currency::getInstance);
        Setting<Optional<BigDecimal>> perCall = cap(section, "per-call");
        Setting<Optional<BigDecimal>> perDay = cap(section, "per-day");
        Setting<ZoneId> zone = section.timeZone("time-zone");
        Setting<Optional<Path>> ledger =
                section.check(
                        "ledger",
                        section.valueOrNone("ledger", "the whole path of a file", Path::of),
                        "the whole path of a file, or none",
                        file -> file.map(Path::isAbsolute).orElse(true));
        Setting<PriceTable> prices = PriceTable.read(section.section("prices"), providers, brains);
        return section.make(
                () ->
                        new CostSettings(
                                currency.get(),
                                perCall.get(),
                                perDay.get(),
                                zone.get(),
                                ledger.get(),
                                prices.get()));
    }

    private static Setting<Optional<BigDecimal>> cap(Section section, String key) {
        return section.check(
                key,
                section.valueOrNone(key, PriceTable.EXPECTED_AMOUNT, PriceTable::amount),
                "an amount above 0, or none",
                cap -> cap.map(amount -> amount.signum() > 0).orElse(true));
    }
}
