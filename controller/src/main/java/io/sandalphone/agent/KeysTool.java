package io.sandalphone.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.telephony.LegAudio;
import io.sandalphone.time.Loop;
import io.sandalphone.tools.AgentTool;
import io.sandalphone.tools.ToolParameters;
import io.sandalphone.tools.ToolResult;
import io.sandalphone.tools.ToolResult.Outcome;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Presses keys for the caller's end to hear, which may be a machine: `send_keys`.
final class KeysTool implements AgentTool {
    static final String NAME = "send_keys";

    private static final ToolParameters PARAMETERS =
            ToolParameters.ours(
                    """
                    {"type": "object", "required": ["keys"], "properties": {
                      "keys": {"type": "string", "pattern": "^[0-9*#]{1,20}$",
                        "description": "The keys, one after the other: digits, * and #."}}}\
                    """);

    /// From the moment at which a sound is handed over until it is heard, about.
    private static final Duration UNDER_WAY = Duration.ofMillis(200);

    private final Loop loop;
    private final LegAudio audio;

    KeysTool(Loop loop, LegAudio audio) {
        this.loop = loop;
        this.audio = audio;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Presses keys of the telephone, which the other end hears as tones: for a machine"
                + " that asks you to press some. A person only hears beeps. Say nothing before.";
    }

    @Override
    public ToolParameters parameters() {
        return PARAMETERS;
    }

    /// Is over when they have sounded, so that nothing that is said then is mixed with them.
    @Override
    public ToolResult use(ObjectNode arguments) throws InterruptedException {
        String keys = arguments.path("keys").asText();
        var length = new CompletableFuture<Duration>();
        loop.execute(() -> length.complete(audio.sendKeys(keys)));
        Duration takes = known(length);
        if (takes.isZero()) {
            return ToolResult.error(Outcome.FAILED, "no keys can be pressed on this line");
        }
        Thread.sleep(takes.plus(UNDER_WAY));
        return ToolResult.done("The keys were pressed.");
    }

    /// The loop answers at once, unless it is stuck.
    private static Duration known(Future<Duration> length) throws InterruptedException {
        try {
            return length.get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException _) {
            return Duration.ZERO;
        }
    }
}
