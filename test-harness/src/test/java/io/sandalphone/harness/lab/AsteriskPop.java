package io.sandalphone.harness.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A trunk's point of presence that speaks SIP over TLS and SRTP (SDES) alone: an Asterisk of its own on the carrier's side
/// of an [AsteriskHost]. Whom the gateway dials it rings at port 5072 of [AsteriskHost#CARRIER_ADDRESS], in the clear; and
/// calls from there to port [#PHONES] it brings to whoever has registered.
final class AsteriskPop implements AutoCloseable {
    /// What its certificate names: Asterisk asks DNS alone for names, and the lab has none.
    static final String NAME = AsteriskHost.CARRIER_ADDRESS;

    /// What the gateway shows it.
    static final String ACCOUNT = "100000_lab";

    static final String PASSWORD = "kX3-pq9ZrT_41vb";

    /// Where telephones behind it call, and whom it rings.
    static final int PHONES = 5066;

    static final int RUNG_PORT = 5072;

    private static final Duration BOOT = Duration.ofSeconds(60);

    private static final String PJSIP =
            """
            [global]
            type = global
            endpoint_identifier_order = username,ip
            [tls]
            type = transport
            protocol = tls
            bind = ADDRESS:5061
            cert_file = /etc/asterisk/pop.crt
            priv_key_file = /etc/asterisk/pop.key
            method = tlsv1_2
            [udp]
            type = transport
            protocol = udp
            bind = ADDRESS:PHONES
            [ACCOUNT]
            type = aor
            max_contacts = 1
            remove_existing = yes
            [login]
            type = auth
            auth_type = digest
            username = ACCOUNT
            password = PASSWORD
            [ACCOUNT]
            type = endpoint
            transport = tls
            context = from-gateway
            aors = ACCOUNT
            auth = login
            disallow = all
            allow = ulaw
            media_encryption = sdes
            direct_media = no
            rewrite_contact = yes
            [phone]
            type = identify
            endpoint = phone
            match = ADDRESS
            [phone]
            type = endpoint
            transport = udp
            context = from-phone
            disallow = all
            allow = ulaw
            direct_media = no
            """;

    private static final String DIALPLAN =
            """
            [from-gateway]
            exten => _+X!,1,Dial(PJSIP/phone/sip:${EXTEN}@ADDRESS:RUNG_PORT)
            [from-phone]
            exten => _X!,1,Dial(PJSIP/${EXTEN}@ACCOUNT)
            exten => _+X!,1,Dial(PJSIP/${EXTEN}@ACCOUNT)
            """;

    private final Path folder;
    private final Process process;

    private AsteriskPop(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /// A certificate for [#NAME], signed by nobody else, and its key: `pop.crt` and `pop.key` in `folder`.
    static void certificate(Path folder) {
        Command.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + NAME,
                "-addext",
                "subjectAltName=IP:" + NAME,
                "-keyout",
                folder.resolve("pop.key").toString(),
                "-out",
                folder.resolve("pop.crt").toString());
    }

    /// Starts one on the carrier's side of `host`, which shows the certificate in `certificates`.
    static AsteriskPop start(AsteriskHost host, Path certificates) {
        Path folder = RunFolder.create("pop");
        Path written = folder.resolve("written");
        Path configuration = written.resolve("etc/asterisk");
        try {
            Files.createDirectories(folder.resolve("root"));
            Files.createDirectories(folder.resolve("work"));
            Files.createDirectories(configuration);
            for (Path file : list(host.configuration())) {
                Files.copy(file, configuration.resolve(file.getFileName().toString()));
            }
            Files.writeString(configuration.resolve("pjsip.conf"), filled(PJSIP));
            Files.writeString(configuration.resolve("extensions.conf"), filled(DIALPLAN));
            Files.writeString(
                    configuration.resolve("modules.conf"),
                    Files.readString(configuration.resolve("modules.conf"))
                            + """
                            load = res_pjsip_registrar.so
                            load = res_pjsip_endpoint_identifier_user.so
                            """);
            for (String file : List.of("pop.crt", "pop.key")) {
                Files.copy(certificates.resolve(file), configuration.resolve(file));
            }
            Process process =
                    new ProcessBuilder(
                                    AsteriskHost.command(
                                            host.carrier(), Project.asteriskRootfs(), folder, null))
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("console.log").toFile())
                            .start();
            var pop = new AsteriskPop(folder, process);
            Poll.until(BOOT, pop::isUp, () -> "the POP is up: " + pop.log());
            return pop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String filled(String text) {
        return text.replace("ADDRESS", AsteriskHost.CARRIER_ADDRESS)
                .replace("RUNG_PORT", Integer.toString(RUNG_PORT))
                .replace("PHONES", Integer.toString(PHONES))
                .replace("ACCOUNT", ACCOUNT)
                .replace("PASSWORD", PASSWORD);
    }

    private boolean isUp() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the POP ended at once: " + log());
        }
        try {
            return console("core waitfullybooted").contains("fully booted");
        } catch (IllegalStateException _) {
            return false;
        }
    }

    /// What its console answers.
    String console(String command) {
        return Command.run(
                "nsenter",
                "--target",
                Long.toString(process.pid()),
                "--mount",
                "--net",
                "--root",
                "--wd",
                "asterisk",
                "-rx",
                command);
    }

    /// What it has written.
    String log() {
        try {
            Path messages = folder.resolve("written/var/log/asterisk/messages.log");
            return Files.readString(folder.resolve("console.log"))
                    + (Files.exists(messages) ? Files.readString(messages) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        RunFolder.delete(folder);
    }
}
