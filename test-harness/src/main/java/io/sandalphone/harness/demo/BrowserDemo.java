package io.sandalphone.harness.demo;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.LanRelay;
import io.sandalphone.harness.lab.RunFolder;
import io.sandalphone.harness.lab.TcpPort;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/// `scripts/demo --browser`: a gateway without Asterisk on this machine, and two links, by which two tabs of
/// a browser, or two machines of one network, talk to each other through it. Needs no root and no account.
@CommandLine.Command(
        name = "scripts/demo --browser",
        sortOptions = false,
        description = "Starts a gateway on whose page two people talk, each with a browser.")
public final class BrowserDemo implements Callable<Integer> {
    private static final int LINK_MINUTES = 24 * 60;
    private static final int CERTIFICATE_DAYS = 7;
    private static final List<String> LANGUAGES = List.of("en", "es");

    // So that the choice stays the same from start to start, where it can.
    private static final int USUAL_PORT = 8088;
    private static final int USUAL_TLS_PORT = 8443;

    @CommandLine.Option(
            names = "--lan",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "ADDRESS",
            description = {
                "For two machines of one network, by TLS: at this private IPv4 address of this"
                        + " machine, or the one it has."
            })
    private @Nullable String lan;

    @CommandLine.Option(
            names = "--providers",
            paramLabel = "offline|lite",
            defaultValue = "offline",
            description = "Whose engines interpret. Default: ${DEFAULT-VALUE}")
    private @Nullable Providers providers;

    @CommandLine.Option(
            names = "--controller",
            paramLabel = "JAR",
            required = true,
            hidden = true,
            description = "The controller, as it was built.")
    private @Nullable Path controller;

    private final PrintStream terminal;

    private BrowserDemo(PrintStream terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        var terminal = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new CommandLine(new BrowserDemo(terminal)).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        InetAddress address;
        try {
            address = lan == null ? InetAddress.getLoopbackAddress() : lanAddress(lan);
        } catch (IllegalArgumentException e) {
            System.err.println("scripts/demo: --lan: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        Path folder = RunFolder.create("browser-demo");
        String token = newToken();
        int port = TcpPort.free(address, lan == null ? USUAL_PORT : USUAL_TLS_PORT);
        String listener = "listen: %s, port: %d".formatted(address.getHostAddress(), port);
        HttpClient http = HttpClient.newHttpClient();
        String origin = "http://localhost:" + port;
        String fingerprint = "";
        if (lan != null) {
            LanCertificate certificate = LanCertificate.make(folder, address, CERTIFICATE_DAYS);
            listener +=
                    ", tls: {certificate: \"%s\", key: \"%s\"}"
                            .formatted(certificate.certificate(), certificate.key());
            http = HttpClient.newBuilder().sslContext(certificate.trust()).build();
            origin = "https://%s:%d".formatted(address.getHostAddress(), port);
            fingerprint = certificate.fingerprint();
        }
        terminal.println("Starting the gateway.");
        ControllerProcess gateway = start(listener, token, folder);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    gateway.kill();
                                    RunFolder.delete(folder);
                                }));
        var links = new BrowserLinks(http, origin, token);
        terminal.println(howItInterprets(links.directions()));
        invite(links, fingerprint);
        return CommandLine.ExitCode.OK;
    }

    private ControllerProcess start(String listener, String token, Path folder) throws IOException {
        Services services = new EmbeddedServices(Objects.requireNonNull(providers));
        return ControllerProcess.alone(
                services.settings()
                        .with("http: {token: \"%s\"}".formatted(token))
                        .with("public-http: {%s}".formatted(listener))
                        .with("clients: {wait-timeout: 4h}"),
                TcpPort.free(),
                ControllerProgram.ofJar(Objects.requireNonNull(controller), List.of(), folder));
    }

    /// Shows two links, and two others whenever Enter is pressed, until Ctrl-C.
    private void invite(BrowserLinks links, String fingerprint)
            throws IOException, InterruptedException {
        var keyboard = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        do {
            List<String> two = links.ofOneCall(LANGUAGES, LINK_MINUTES);
            terminal.println(
                    "\nOpen one link in each of two tabs"
                            + (fingerprint.isEmpty() ? "" : ", or on two machines of this network")
                            + ", and wear headphones:");
            for (int i = 0; i < LANGUAGES.size(); i++) {
                terminal.println("\n" + name(LANGUAGES.get(i)) + ": " + two.get(i));
                if (!fingerprint.isEmpty()) {
                    terminal.print(TerminalQr.draw(two.get(i)));
                }
            }
            if (!fingerprint.isEmpty()) {
                terminal.println(
                        "\n"
                            + "This machine made the certificate itself, so browsers warn: go on"
                            + " when they show this SHA-256 fingerprint:\n"
                                + fingerprint);
            }
            terminal.println(
                    "\nEach link serves one person and one call. Enter: two more. Ctrl-C: end.");
        } while (keyboard.readLine() != null);
        // Nobody is at the keyboard.
        new CountDownLatch(1).await();
    }

    private static String howItInterprets(List<List<String>> directions) {
        List<String> not = new ArrayList<>();
        for (String from : LANGUAGES) {
            for (String to : LANGUAGES) {
                if (!from.equals(to) && !directions.contains(List.of(from, to))) {
                    not.add(name(from) + " to " + name(to));
                }
            }
        }
        String interpreted =
                directions.stream()
                        .map(pair -> name(pair.getFirst()) + " to " + name(pair.getLast()))
                        .collect(Collectors.joining(", "));
        return "Interpreted: "
                + (interpreted.isEmpty() ? "nothing" : interpreted)
                + "."
                + (not.isEmpty()
                        ? ""
                        : " Heard as it is said, untranslated: " + String.join(", ", not) + ".");
    }

    private static String name(String language) {
        return Locale.of(language).getDisplayLanguage(Locale.ENGLISH);
    }

    private static String newToken() {
        var random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static InetAddress lanAddress(String wanted) throws IOException {
        if (!wanted.isEmpty()) {
            return LanRelay.address(wanted);
        }
        return NetworkInterface.networkInterfaces()
                .flatMap(each -> each.getInterfaceAddresses().stream())
                .map(InterfaceAddress::getAddress)
                .filter(Inet4Address.class::isInstance)
                .filter(InetAddress::isSiteLocalAddress)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "this machine has no private IPv4 address"));
    }
}
