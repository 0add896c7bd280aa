package io.sandalphone.ops;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Gives a listener its certificate anew when the files have changed, without closing a connection:
/// certificates last weeks, and whoever renews them cannot restart us in the middle of a call. Files
/// that cannot be used are said, and what was there before goes on serving.
///
/// Runs on the server's loop; the files are looked at on a worker.
final class TlsRenewal {
    private static final Logger log = LoggerFactory.getLogger(TlsRenewal.class);

    private static final Duration INTERVAL = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final HttpServer server;
    private final HttpTls tls;
    private final InstantSource clock;
    private final long timer;
    private Stamp seen;
    private volatile CertificateDates dates;
    private CertificateDates.State said = CertificateDates.State.VALID;

    /// What tells one pair of files from the next.
    record Stamp(FileTime certificate, FileTime key) {
        static Stamp of(HttpTls tls) throws IOException {
            return new Stamp(
                    Files.getLastModifiedTime(tls.certificate()),
                    Files.getLastModifiedTime(tls.key()));
        }
    }

    /// Has `server` serve with the files of `tls` anew whenever they change, until [#close]. `seen` is
    /// what they looked like before it read them, `dates` those of the certificate.
    TlsRenewal(
            Vertx vertx,
            HttpServer server,
            HttpTls tls,
            Stamp seen,
            CertificateDates dates,
            InstantSource clock) {
        this.vertx = vertx;
        this.server = server;
        this.tls = tls;
        this.seen = seen;
        this.clock = clock;
        this.dates = dates;
        tellHowItStands();
        timer = vertx.setPeriodic(INTERVAL.toMillis(), _ -> look());
    }

    /// The certificate and key of `tls` as a listener takes them, read now.
    static PemKeyCertOptions certificate(HttpTls tls) {
        return new PemKeyCertOptions()
                .setCertPath(tls.certificate().toString())
                .setKeyPath(tls.key().toString());
    }

    /// Looks at the files now. Completes when those in use are the right ones, or when it has been said
    /// why they are not.
    Future<?> look() {
        tellHowItStands();
        return vertx.executeBlocking(() -> Stamp.of(tls))
                .compose(found -> found.equals(seen) ? Future.succeededFuture() : use(found))
                .onFailure(this::cannotUse)
                .otherwiseEmpty();
    }

    private Future<?> use(Stamp found) {
        // Whatever is wrong with these files is said once.
        seen = found;
        var options = new ServerSSLOptions().setKeyCertOptions(certificate(tls));
        return vertx.executeBlocking(() -> readPair(tls))
                // By force: the files have new bytes under the same names.
                .compose(read -> server.updateSSLOptions(options, true).map(read))
                .onSuccess(this::renewed);
    }

    /// Between the writing of the one file and of the other they are of two pairs.
    private static CertificateDates readPair(HttpTls tls) throws IOException {
        if (!KeyPairing.fits(tls.certificate(), tls.key())) {
            throw new IOException("the private key is not that of the certificate");
        }
        return CertificateDates.read(tls.certificate());
    }

    private void renewed(CertificateDates read) {
        dates = read;
        log.atInfo()
                .addKeyValue("until", read.until())
                .log("certificate of the public listener was renewed");
        tellHowItStands();
    }

    /// When the certificate that is served ends. Any thread may ask.
    CertificateDates dates() {
        return dates;
    }

    /// What has changed with time is said once.
    private void tellHowItStands() {
        Instant now = clock.instant();
        CertificateDates.State state = dates.at(now);
        if (state != said && state != CertificateDates.State.VALID) {
            log.atWarn()
                    .addKeyValue("key", "public-http.tls")
                    .addKeyValue("state", dates.describe(now))
                    .log("certificate of the public listener is not as it should be");
        }
        said = state;
    }

    private void cannotUse(Throwable failure) {
        log.atError()
                .addKeyValue("key", "public-http.tls")
                .addKeyValue("answer", failure.getMessage())
                .log("certificate of the public listener cannot be renewed, the old one goes on");
    }

    void close() {
        vertx.cancelTimer(timer);
    }
}
