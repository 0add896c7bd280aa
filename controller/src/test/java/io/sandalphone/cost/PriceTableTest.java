package io.sandalphone.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

class PriceTableTest {
    private static final PriceTable PRICES =
            new PriceTable(
                    Map.of(
                            "polly", Map.of(Service.SPOKEN, new BigDecimal("4")),
                            "polly-neural", Map.of(Service.SPOKEN, new BigDecimal("16")),
                            "google", Map.of(Service.TRANSLATED, new BigDecimal("0"))));

    @ParameterizedTest
    @CsvSource({
        "polly, SPOKEN, 4",
        "polly-neural, SPOKEN, 16",
        "polly-generative, SPOKEN, 4",
        "polly-generative-new, SPOKEN, 4",
        "google-nmt, TRANSLATED, 0",
        "polly, TRANSLATED,",
        "pollyanna, SPOKEN,",
        "assemblyai, LISTENED,",
    })
    void a_plan_without_a_price_of_its_own_costs_what_its_provider_asks(
            String tariff, Service service, BigDecimal price) {
        assertEquals(Optional.ofNullable(price), PRICES.price(tariff, service));
    }

    @ParameterizedTest
    @CsvSource({
        "LISTENED, 0.15, 3600000000000, 0.150000000000",
        "LISTENED, 0.15, 1000000000, 0.000041666667",
        "LISTENED, 0.15, 0, 0.000000000000",
        "LISTENED, 0, 3600000000000, 0.000000000000",
        "TRANSLATED, 20, 1, 0.000020000000",
        "TRANSLATED, 20, 1000000, 20.000000000000",
        "SPOKEN, 16, 37, 0.000592000000",
        "READ, 1.25, 1200, 0.001500000000",
        "WRITTEN, 10, 30, 0.000300000000",
        "SPOKEN, 0.000001, 1, 0.000000000001",
        "SPOKEN, 999999999.999999, 2147483647, 2147483646999.997852516353",
    })
    void an_amount_is_the_price_of_what_was_used(
            Service service, BigDecimal price, long quantity, BigDecimal amount) {
        assertEquals(amount, service.amount(price, quantity));
    }

    @Test
    void a_tariff_that_nobody_could_mean_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new PriceTable(Map.of("", Map.of())));
        assertThrows(IllegalArgumentException.class, () -> PriceTable.tariff("polly-"));
    }
}
