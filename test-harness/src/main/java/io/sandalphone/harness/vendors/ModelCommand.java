package io.sandalphone.harness.vendors;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatFake;
import io.sandalphone.harness.fakes.chat.ChatModel;
import io.sandalphone.harness.fakes.chat.ChatPace;
import io.sandalphone.harness.fakes.chat.OllamaHost;
import io.sandalphone.harness.fakes.chat.OpenAiAccount;
import io.sandalphone.harness.receptionist.Receptionist;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// `scripts/fakes model`: serves a stand-in for a language model until it is stopped.
@CommandLine.Command(
        name = "model",
        sortOptions = false,
        description = {
            "Serves a stand-in for a language model on loopback until Ctrl-C: a receptionist who,"
                + " in English and Spanish, tells opening hours and address, takes a message, puts"
                + " callers through to a person (a call of the tool `transfer`) and says goodbye."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:the port is in use", "2:wrong command line"})
final class ModelCommand implements Callable<Integer> {
    /// How the model is spoken with.
    enum Protocol {
        OPENAI,
        OLLAMA
    }

    /// How fast the model is.
    enum Pace {
        MODELLED,
        INSTANT
    }

    @CommandLine.Option(
            names = "--port",
            defaultValue = "9120",
            description = "Where it listens. Default: ${DEFAULT-VALUE}")
    private int port;

    @CommandLine.Option(
            names = "--protocol",
            defaultValue = "OPENAI",
            description =
                    "How it is spoken with: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private @Nullable Protocol protocol;

    @CommandLine.Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "receptionist",
            description = "What the model is called. Default: ${DEFAULT-VALUE}")
    private @Nullable String model;

    @CommandLine.Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Let in only who shows this key (OPENAI). Without it: everybody.")
    private @Nullable String key;

    @CommandLine.Option(
            names = "--pace",
            defaultValue = "MODELLED",
            description =
                    "How fast it is: ${COMPLETION-CANDIDATES}; MODELLED is 200 ms (one in twenty"
                            + " 450) to the first token, then 60 tokens a second.")
    private @Nullable Pace pace;

    @CommandLine.Option(
            names = "--fault",
            paramLabel = "NAME",
            description =
                    "What goes wrong all the time; a name there is not is told those there are.")
    private @Nullable String fault;

    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    // Its presence is what picocli looks for.
    @SuppressWarnings("UnusedVariable")
    @CommandLine.Option(names = "--help", usageHelp = true, description = "This text.")
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String name = Objects.requireNonNull(model);
        ChatFake fake = start(name);
        if (fault != null) {
            fake.inject(fault(fake, fault));
        }
        String path = protocol == Protocol.OPENAI ? "/v1" : "";
        out.println("# Ready: a model that is spoken with at");
        out.println("base-url: " + fake.address() + path);
        out.println("model: " + name);
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    private Fault fault(ChatFake fake, String wanted) {
        try {
            return VendorControl.fault(fake, "the model", wanted);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
        }
    }

    private ChatFake start(String name) {
        Vertx vertx = Vertx.vertx();
        var model =
                ChatModel.instant(new Receptionist())
                        .withPace(pace == Pace.INSTANT ? ChatPace.INSTANT : ChatPace.MODELLED);
        FakeOptions options = FakeOptions.PLAIN.onPort(port);
        return protocol == Protocol.OLLAMA
                ? ChatFake.ollama(
                        vertx,
                        options,
                        model,
                        new OllamaHost(Map.of(name, Set.of("completion", "tools")), Duration.ZERO))
                : ChatFake.openAi(
                        vertx,
                        options,
                        model,
                        new OpenAiAccount(Optional.ofNullable(key), Set.of(name), false));
    }
}
