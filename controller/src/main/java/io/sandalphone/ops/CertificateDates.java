package io.sandalphone.ops;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/// From when until when a listener's certificate is valid, and what is to be said of that. Whoever renews does so when a
/// third of its life is left; when less than a fifth is left, nobody does.
public record CertificateDates(Instant from, Instant until) {
    private static final int OVERDUE_PART = 5;

    /// How it stands.
    public enum State {
        VALID,
        /// Still valid, and should have been renewed by now.
        RENEWAL_OVERDUE,
        EXPIRED,
        /// A clock is wrong, ours or that of whoever made it.
        NOT_YET_VALID
    }

    /// Of the first certificate in the PEM file.
    public static CertificateDates read(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            var certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return new CertificateDates(
                    certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
        } catch (CertificateException e) {
            throw new IOException("no certificate in " + file, e);
        }
    }

    public State at(Instant now) {
        if (now.isBefore(from)) {
            return State.NOT_YET_VALID;
        }
        if (now.isAfter(until)) {
            return State.EXPIRED;
        }
        Duration spare = Duration.between(from, until).dividedBy(OVERDUE_PART);
        return now.isAfter(until.minus(spare)) ? State.RENEWAL_OVERDUE : State.VALID;
    }

    /// As a sentence.
    public String describe(Instant now) {
        return switch (at(now)) {
            case VALID -> "the certificate is valid until " + until;
            case RENEWAL_OVERDUE ->
                    "the certificate is valid until " + until + " and was not renewed";
            case EXPIRED ->
                    "the certificate expired at " + until + ": carriers and browsers refuse it";
            case NOT_YET_VALID ->
                    "the certificate is valid from " + from + " on: is the clock right?";
        };
    }
}
