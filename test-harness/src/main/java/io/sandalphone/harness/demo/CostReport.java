package io.sandalphone.harness.demo;

import java.math.BigDecimal;

/// What the controller says a call has cost. `capped` is the cap that left it untranslated, or empty.
public record CostReport(
        BigDecimal amount,
        String currency,
        BigDecimal listenedSeconds,
        long translatedCharacters,
        long spokenCharacters,
        String capped) {}
