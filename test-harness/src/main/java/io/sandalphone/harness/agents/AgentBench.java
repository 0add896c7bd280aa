package io.sandalphone.harness.agents;

import io.sandalphone.harness.bench.ResultJson;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.LogLevel;
import io.sandalphone.harness.pairs.Kind;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How soon an agent answers, and how soon it is silent when it is interrupted: the gateway's own agent in virtual time, with a
/// modelled recognizer, language model and voice; and the same conversation over SIP, Twilio, Telnyx and a browser, in real time, with
/// tone engines. `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench agent`, which checks the command line. Arguments: the folder for the results, a seed, how many calls in
/// virtual time, how often everything is measured over each carrier (0: not at all), and further options for the gateway's virtual
/// machine.
public final class AgentBench {
    private AgentBench() {}

    public static void main(String[] arguments) throws Exception {
        Path out = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        int calls = Integer.parseInt(arguments[2]);
        int times = Integer.parseInt(arguments[3]);
        List<String> options = Arrays.asList(arguments).subList(4, arguments.length);
        LogLevel.errorsOnly();
        try {
            AgentDelays delays = AgentDelays.modelled();
            var result =
                    new AgentResult(
                            seed,
                            List.of(
                                    VirtualResult.of(delays, true, seed, calls),
                                    VirtualResult.of(delays, false, seed, calls)),
                            times == 0
                                    ? List.of()
                                    : carriers(times, ControllerProgram.asInProduction(options)));
            System.out.print(result.table());
            Files.createDirectories(out);
            Files.writeString(out.resolve("agent.json"), ResultJson.of(result));
        } catch (IllegalStateException | AssertionError e) {
            System.err.println("the benchmark failed: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static List<CarrierResult> carriers(int times, ControllerProgram program)
            throws Exception {
        List<CarrierResult> results = new ArrayList<>();
        String whyNot = AsteriskHost.whyNot();
        if (whyNot == null) {
            try (AsteriskHost host =
                    AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 12_999))) {
                results.add(CarrierResult.of(Kind.SIP, Optional.of(host), times, program));
            }
        } else {
            System.err.println("SIP telephones are left out: " + whyNot);
        }
        for (Kind kind : List.of(Kind.TWILIO, Kind.TELNYX, Kind.BROWSER)) {
            results.add(CarrierResult.of(kind, Optional.empty(), times, program));
        }
        return results;
    }
}
