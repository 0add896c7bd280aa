package io.sandalphone.harness.bench;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.RunFolder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Many calls at once to an agent with tone engines: what each costs, and what is left behind when all have hung up.
/// `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench agent --load`, which checks the command line. Arguments: how many calls, how many seconds, the folder for
/// the results, how many seconds of warming up, and further options for the gateway's virtual machine.
public final class AgentLoadBench {
    private AgentLoadBench() {}

    public static void main(String[] args) throws Exception {
        int calls = Integer.parseInt(args[0]);
        Duration measured = Duration.ofSeconds(Integer.parseInt(args[1]));
        Path out = Path.of(args[2]);
        Duration warmUp = Duration.ofSeconds(Integer.parseInt(args[3]));
        try {
            AgentLoadResult result =
                    run(calls, measured, warmUp, Arrays.asList(args).subList(4, args.length));
            Files.createDirectories(out);
            Files.writeString(out.resolve("agent-load.json"), ResultJson.of(result));
            System.out.print(result.table());
        } catch (AssertionError | IllegalStateException e) {
            System.err.println("the benchmark failed: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static void say(String format, Object... values) {
        System.err.printf(format + "%n", values);
    }

    private static AgentLoadResult run(
            int calls, Duration measured, Duration warmUp, List<String> jvmOptions)
            throws Exception {
        Path folder = RunFolder.create("bench");
        var gc = new GcLog(folder.resolve("gc.log"));
        List<String> options = new ArrayList<>(jvmOptions);
        options.add(gc.option());
        try (var load = new AgentLoad(calls, ControllerProgram.asInProduction(options))) {
            say("a first round, by which everything there is once is there");
            load.call();
            load.talk(1);
            Thread.sleep(AgentLoad.TURN.multipliedBy(2));
            load.hangUp();
            Leftovers before = Leftovers.of(load.controller());
            ProcessUsage alone = ProcessUsage.of(load.controller().pid());
            say("%d calls", calls);
            load.call();
            load.talk((int) warmUp.plus(measured).dividedBy(AgentLoad.TURN));
            say("warming up for %d s", warmUp.toSeconds());
            Thread.sleep(warmUp);
            say("measuring for %d s", measured.toSeconds());
            Snapshot from = Snapshot.first(load.controller(), List.of(), gc);
            Thread.sleep(measured);
            Snapshot to = Snapshot.last(load.controller(), List.of(), gc);
            say("waiting for the last words");
            Thread.sleep(AgentLoad.TURN.multipliedBy(2));
            long up = load.up();
            long heard = load.wordsHeard();
            load.hangUp();
            Thread.sleep(Duration.ofSeconds(5));
            Leftovers after = Leftovers.of(load.controller());
            double seconds = (to.nanos() - from.nanos()) / 1e9;
            return new AgentLoadResult(
                    calls,
                    seconds,
                    Runtime.getRuntime().availableProcessors(),
                    ProcessCost.of(
                            to.controller().since(from.controller()),
                            to.controller().since(alone),
                            to.controller(),
                            calls,
                            seconds),
                    to.threads().percentPerCall(from.threads(), seconds, calls),
                    gc.pauses(from.gcLines(), to.gcLines()),
                    load.wordsSaid(),
                    heard,
                    calls - up,
                    to.counters().troublesSince(from.counters()),
                    100 * (to.harness() - from.harness()) / seconds,
                    100 * (to.others() - from.others()) / seconds,
                    before,
                    after);
        } finally {
            RunFolder.delete(folder);
        }
    }
}
