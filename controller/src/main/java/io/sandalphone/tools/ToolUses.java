package io.sandalphone.tools;

import io.sandalphone.brain.Tool;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.tools.ToolResult.Outcome;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The tools of an agent as a brain has them for one answer: arguments are held against what each takes, uses are bounded, counted
/// and logged, without what they were given or gave. Thread-safe.
public final class ToolUses implements Toolbox {
    /// A brain that wants more than this in one answer is going round in circles.
    static final int MOST = 8;

    private static final Logger log = LoggerFactory.getLogger(ToolUses.class);

    private final String callId;
    private final List<AgentTool> tools;
    private final List<Tool> described;
    private final ToolMeters meters;
    private final AtomicInteger uses = new AtomicInteger();

    public ToolUses(String callId, List<AgentTool> tools, ToolMeters meters) {
        this.callId = callId;
        this.tools = List.copyOf(tools);
        this.meters = meters;
        described = tools.stream().map(AgentTool::described).toList();
    }

    @Override
    public List<Tool> tools() {
        return described;
    }

    @Override
    public String use(String name, String arguments) throws InterruptedException {
        Optional<AgentTool> found =
                tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
        long began = System.nanoTime();
        ToolResult result =
                found.isEmpty()
                        ? ToolResult.error(Outcome.UNKNOWN, "there is no such tool")
                        : uses.incrementAndGet() > MOST
                                ? ToolResult.error(
                                        Outcome.TOO_OFTEN,
                                        "no more tools can be used before you have answered")
                                : use(found.get(), arguments);
        meters.ended(result.outcome());
        log.atInfo()
                .addKeyValue("call", callId)
                // A name that a model has made up may hold anything.
                .addKeyValue("tool", found.map(AgentTool::name).orElse("unknown"))
                .addKeyValue("outcome", result.outcome().wireName())
                .addKeyValue("millis", (System.nanoTime() - began) / 1_000_000)
                .log("agent used a tool");
        return result.text();
    }

    // Whatever a tool throws by a fault of our own costs its result alone.
    @SuppressWarnings("CatchingUnchecked")
    private ToolResult use(AgentTool tool, String arguments) throws InterruptedException {
        long began = System.nanoTime();
        try {
            return tool.use(tool.parameters().read(arguments));
        } catch (ToolParameters.MisfitException misfit) {
            return ToolResult.error(
                    Outcome.ARGUMENTS, "the arguments do not fit: " + misfit.getMessage());
        } catch (RuntimeException fault) {
            log.atError()
                    .addKeyValue("call", callId)
                    .addKeyValue("tool", tool.name())
                    .addKeyValue("fault", fault.getClass().getName())
                    .log("a tool faulted");
            return ToolResult.error(Outcome.FAILED, "the tool failed");
        } finally {
            meters.duration().record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }
}
