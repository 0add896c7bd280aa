package io.sandalphone.app;

import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.CostCap;
import io.sandalphone.notices.Condition;
import io.sandalphone.notices.DiskLook;
import io.sandalphone.notices.NoticeKind;
import io.sandalphone.notices.NoticeSource;
import io.sandalphone.ops.CertificateDates;
import io.sandalphone.ops.HttpTls;
import io.sandalphone.ops.PublicHttpSettings;
import io.sandalphone.telephony.asterisk.TrunkWatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/// Where is seen what operators are told, but for what becomes of calls.
final class NoticeSources {
    /// Where systemd keeps the log, for good or until the next boot, or another program does.
    private static final List<Path> LOGS =
            List.of(Path.of("/var/log/journal"), Path.of("/run/log/journal"), Path.of("/var/log"));

    private static final Set<CertificateDates.State> ENDING =
            EnumSet.of(CertificateDates.State.RENEWAL_OVERDUE, CertificateDates.State.EXPIRED);

    private NoticeSources() {}

    /// `providers` are engines and carriers by their names, with the reason why each cannot work just now.
    static NoticeSource providers(Map<String, Supplier<Optional<String>>> providers) {
        return new NoticeSource(
                NoticeKind.PROVIDER_DOWN,
                () ->
                        Optional.of(
                                providers.entrySet().stream()
                                        .filter(each -> each.getValue().get().isPresent())
                                        .map(
                                                each ->
                                                        Condition.of(
                                                                NoticeKind.PROVIDER_DOWN,
                                                                each.getKey()))
                                        .toList()));
    }

    static NoticeSource costCap(Accounting accounting) {
        return new NoticeSource(
                NoticeKind.COST_CAP,
                () ->
                        Optional.of(
                                accounting.today().reached().stream()
                                        .filter(cap -> cap == CostCap.PER_DAY)
                                        .map(_ -> Condition.of(NoticeKind.COST_CAP, ""))
                                        .toList()));
    }

    static NoticeSource registration(TrunkWatch trunk) {
        return new NoticeSource(
                NoticeKind.REGISTRATION_LOST,
                () ->
                        trunk.lostRegistrations()
                                .map(
                                        lost ->
                                                lost.stream()
                                                        .map(
                                                                which ->
                                                                        Condition.of(
                                                                                NoticeKind
                                                                                        .REGISTRATION_LOST,
                                                                                which))
                                                        .toList()));
    }

    /// Those of the listeners that speak TLS themselves.
    static NoticeSource certificates(Settings settings, InstantSource clock) {
        Map<String, Path> files = new LinkedHashMap<>();
        settings.publicHttp()
                .flatMap(PublicHttpSettings::tls)
                .ifPresent(tls -> files.put("public-http", tls.certificate()));
        settings.http().tls().map(HttpTls::certificate).ifPresent(file -> files.put("http", file));
        return new NoticeSource(
                NoticeKind.CERTIFICATE_ENDING, () -> certificates(files, clock.instant()));
    }

    private static Optional<List<Condition>> certificates(Map<String, Path> files, Instant now) {
        List<Condition> ending = new ArrayList<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            try {
                var dates = CertificateDates.read(file.getValue());
                if (ENDING.contains(dates.at(now))) {
                    long left = Math.max(0, Duration.between(now, dates.until()).toDays());
                    ending.add(
                            new Condition(
                                    NoticeKind.CERTIFICATE_ENDING,
                                    file.getKey(),
                                    OptionalLong.empty(),
                                    OptionalLong.of(left)));
                }
            } catch (IOException _) {
                // In the middle of being renewed, or gone: whoever serves it says so.
                return Optional.empty();
            }
        }
        return Optional.of(ending);
    }

    /// Those on which the day's costs, the calls' journal, what was told and the log are written.
    static NoticeSource disks(Settings settings) {
        Map<String, Path> folders = new LinkedHashMap<>();
        settings.costs().ledger().map(Path::getParent).ifPresent(at -> folders.put("ledger", at));
        settings.journal().file().map(Path::getParent).ifPresent(at -> folders.put("journal", at));
        settings.notices().state().map(Path::getParent).ifPresent(at -> folders.put("notices", at));
        LOGS.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .ifPresent(at -> folders.put("log", at));
        return new NoticeSource(
                NoticeKind.DISK_NEARLY_FULL,
                new DiskLook(folders, settings.notices().leastFreeBytes()));
    }
}
