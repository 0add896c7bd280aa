package io.sandalphone.deploy;

import io.sandalphone.config.Finding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Whether what is secret is there, and for those alone who need it.
final class SecretsCheck implements DeployCheck.Part {
    private static final Path SETTINGS = Path.of("etc/sandalphone");
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE,
                    PosixFilePermission.OTHERS_EXECUTE);
    private static final Set<PosixFilePermission> GROUP =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.GROUP_EXECUTE);

    private final Machine machine;

    SecretsCheck(Machine machine) {
        this.machine = machine;
    }

    @Override
    public List<Finding> check() throws IOException {
        Path folder = machine.root().resolve(SETTINGS).resolve("credentials");
        if (!Files.isDirectory(folder)) {
            return List.of(
                    Finding.warning(
                            "", name(folder) + " is not there: what is secret must be elsewhere"));
        }
        List<Finding> findings = new ArrayList<>();
        int secrets = 0;
        expectPrivate(findings, folder, "700");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                secrets++;
                expectPrivate(findings, file, "600");
                if (Files.size(file) == 0) {
                    findings.add(Finding.fault("", name(file) + " is empty"));
                }
            }
        }
        Path values = machine.root().resolve(SETTINGS).resolve("asterisk.values");
        if (Files.exists(values)) {
            expectPrivate(findings, values, "600");
        }
        // The service's group reads them.
        for (String shared : List.of("sandalphone.yaml", "tls/key.pem")) {
            Path file = machine.root().resolve(SETTINGS).resolve(shared);
            if (Files.exists(file) && mayAny(file, OTHERS)) {
                findings.add(open(file, "640"));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("%d in %s, root's alone".formatted(secrets, name(folder))));
        }
        return findings;
    }

    private void expectPrivate(List<Finding> findings, Path file, String mode) throws IOException {
        if (mayAny(file, OTHERS) || mayAny(file, GROUP)) {
            findings.add(open(file, mode));
        }
    }

    private Finding open(Path file, String mode) {
        return Finding.fault(
                "", "others may use %s: chmod %s %s".formatted(name(file), mode, name(file)));
    }

    private static boolean mayAny(Path file, Set<PosixFilePermission> whose) throws IOException {
        return Files.getPosixFilePermissions(file).stream().anyMatch(whose::contains);
    }

    private String name(Path file) {
        return "/" + machine.root().relativize(file);
    }
}
