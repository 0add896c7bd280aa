package io.sandalphone.harness.smoke;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `scripts/smoke`: tries a deployment from outside and prints what it found.
@CommandLine.Command(
        name = "scripts/smoke",
        sortOptions = false,
        description = {
            "Tries a gateway that is deployed from outside, as carriers, browsers and telephone"
                + " systems reach it, and says of each path whether it does what it should: a line"
                + " each. It calls nobody."
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  TWILIO_AUTH_TOKEN  the account's token, for genuine signatures; without it what"
                    + " needs one",
            "                     is not tried",
            "  SANDALPHONE_TOKEN  the operators' token; without it what needs it is not tried"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is wrong of what was tried",
            "1:something is wrong",
            "2:wrong command line"
        })
final class SmokeCommand implements Callable<Integer> {
    private static final Duration CONNECTING = Duration.ofSeconds(10);

    @CommandLine.Option(
            names = "--base-url",
            required = true,
            paramLabel = "https://HOST",
            description = "The public address, as public-url has it.")
    private @Nullable URI base;

    @CommandLine.Option(
            names = "--operator-url",
            paramLabel = "URL",
            description =
                    "Where operators' paths are; without it they are expected to be absent from the"
                            + " public address.")
    private @Nullable URI operators;

    // Its presence is what picocli looks for.
    @SuppressWarnings("UnusedVariable")
    @CommandLine.Option(names = "--help", usageHelp = true, description = "This text.")
    private boolean help;

    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        // The package installs it under another name.
        return new CommandLine(new SmokeCommand())
                .setCommandName(System.getProperty("sandalphone.command", "scripts/smoke"));
    }

    @Override
    public Integer call() {
        URI origin = origin("--base-url", base);
        Optional<URI> operating =
                Optional.ofNullable(operators).map(each -> origin("--operator-url", each));
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECTING)
                        .build()) {
            List<Finding> findings =
                    Smoke.run(
                            new Deployment(
                                    origin,
                                    operating,
                                    environment("SANDALPHONE_TOKEN"),
                                    environment("TWILIO_AUTH_TOKEN")),
                            new Site(client),
                            finding -> out.println(finding.line()));
            return findings.stream().anyMatch(each -> each.outcome() == Finding.Outcome.WRONG)
                    ? CommandLine.ExitCode.SOFTWARE
                    : CommandLine.ExitCode.OK;
        }
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }

    private URI origin(String option, @Nullable URI given) {
        if (given == null
                || given.getHost() == null
                || given.getRawQuery() != null
                || !List.of("", "/").contains(given.getRawPath())
                || !List.of("http", "https").contains(given.getScheme())) {
            CommandLine.Model.CommandSpec known = spec;
            if (known == null) {
                throw new IllegalStateException("picocli sets it");
            }
            throw new CommandLine.ParameterException(
                    known.commandLine(), option + ": expected https://HOST, found " + given);
        }
        return URI.create(given.getScheme() + "://" + given.getRawAuthority());
    }
}
