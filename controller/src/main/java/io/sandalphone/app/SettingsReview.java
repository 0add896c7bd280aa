package io.sandalphone.app;

import io.sandalphone.call.JournalCheck;
import io.sandalphone.config.Finding;
import io.sandalphone.cost.LedgerCheck;
import io.sandalphone.ops.CertificateDates;
import io.sandalphone.ops.PublicHttpSettings;
import io.sandalphone.routing.NumbersFile;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.NumberPlan;
import io.sandalphone.telephony.stream.StreamSettings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What of a configuration without mistakes may not be as it was meant, told from the settings alone: nobody is asked.
final class SettingsReview {
    // What Asterisk's dialplan hands over as it is: a number as short as this is none of a
    // country's.
    private static final int LONGEST_SHORT_CODE = 6;

    private final Settings settings;

    private SettingsReview(Settings settings) {
        this.settings = settings;
    }

    /// A line for each part that was looked at, and one for each thing that is odd.
    static List<Doctor.Line> of(Settings settings) {
        var review = new SettingsReview(settings);
        List<Doctor.Line> lines = new ArrayList<>();
        review.publicUrl().ifPresent(finding -> lines.add(new Doctor.Line("public-url", finding)));
        review.certificate()
                .ifPresent(finding -> lines.add(new Doctor.Line("certificate", finding)));
        LedgerCheck.of(settings.costs())
                .ifPresent(finding -> lines.add(new Doctor.Line("ledger", finding)));
        JournalCheck.of(settings.journal())
                .ifPresent(finding -> lines.add(new Doctor.Line("journal", finding)));
        review.routes().forEach(finding -> lines.add(new Doctor.Line("routes", finding)));
        review.numbers().forEach(finding -> lines.add(new Doctor.Line("numbers", finding)));
        return lines;
    }

    /// What is perhaps mistyped in the numbers file.
    private List<Finding> numbers() {
        return settings.numbers().map(NumbersFile::doubtful).orElse(List.of()).stream()
                .map(
                        key ->
                                Finding.warning(
                                        key.key(),
                                        "%s; expected %s".formatted(key.found(), key.expected())))
                .toList();
    }

    private Optional<Finding> publicUrl() {
        StreamSettings streams = settings.streams();
        return streams.publicUrl()
                .map(
                        url ->
                                streams.publicUrlCut()
                                        ? Finding.warning(
                                                "public-url",
                                                "only scheme and host count, the rest is ignored:"
                                                        + " carriers reach us at "
                                                        + url)
                                        : Finding.ok("carriers reach us at " + url));
    }

    /// Of the public listener, where that speaks TLS itself: carriers refuse one that is not valid.
    private Optional<Finding> certificate() {
        return settings.publicHttp()
                .flatMap(PublicHttpSettings::tls)
                .map(tls -> certificate(tls.certificate(), Instant.now()));
    }

    private static Finding certificate(Path file, Instant now) {
        String setting = "public-http.tls.certificate";
        try {
            var dates = CertificateDates.read(file);
            return switch (dates.at(now)) {
                case VALID -> Finding.ok(dates.describe(now));
                case RENEWAL_OVERDUE -> Finding.warning(setting, dates.describe(now));
                case EXPIRED, NOT_YET_VALID -> Finding.fault(setting, dates.describe(now));
            };
        } catch (IOException unreadable) {
            return Finding.fault(setting, String.valueOf(unreadable.getMessage()));
        }
    }

    private List<Finding> routes() {
        int routes = settings.routes().size();
        List<Finding> findings = new ArrayList<>();
        findings.add(
                routes == 0
                        ? Finding.warning("routes", "none: " + withoutRoutes())
                        : Finding.ok(routes == 1 ? "one" : Integer.toString(routes)));
        settings.routes().keys().stream()
                .filter(key -> !isSent(key))
                .forEach(
                        key ->
                                findings.add(
                                        Finding.warning(
                                                section(key) + ".\"" + key + '"', neverSent())));
        return findings;
    }

    /// Where the route of `key` stands.
    private String section(String key) {
        return settings.numbers()
                .map(NumbersFile::configured)
                .filter(configured -> !configured.keys().contains(key))
                .map(_ -> "numbers-file: dids")
                .orElse("routes");
    }

    private String withoutRoutes() {
        return settings.twilio().isPresent() || settings.telnyx().isPresent()
                ? "who calls at Twilio or Telnyx hears themselves, and nobody is connected"
                : "nobody who calls is connected";
    }

    /// Whether a carrier that is configured may send `key` as the number that was called.
    private boolean isSent(String key) {
        if (key.equals(RouteTable.ANY)) {
            return true;
        }
        String digits = RouteTable.digits(key);
        if (digits.length() <= LONGEST_SHORT_CODE) {
            return settings.asterisk().isPresent();
        }
        try {
            return NumberPlan.isWhole(new E164("+" + digits));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private String neverSent() {
        String sentence =
                "no carrier sends such a number: a plus sign, the country code and the whole number"
                        + " are what it is called by";
        return settings.publicHttp().isPresent()
                ? sentence + "; only a telephone system over HTTP (/asterisk/inbound) may send it"
                : sentence;
    }
}
