package io.sandalphone.tools;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.webhook.WebhookClient;
import io.sandalphone.webhook.WebhookSettings;

import org.jspecify.annotations.Nullable;

import java.util.function.LongSupplier;

/// Makes the tools of all calls. Thread-safe. Closing ends the tools under way, and waits for the messages.
public final class ToolKit implements AutoCloseable {
    private final WebhookClient client;
    private final WebhookClient post = new WebhookClient();
    private final ToolMeters meters;
    private final @Nullable Messages messages;

    /// @param settings where messages go
    /// @param lookup finds the tools behind HTTP
    public ToolKit(WebhookSettings settings, ToolLookup lookup, MeterRegistry registry) {
        client = new WebhookClient(lookup);
        meters = ToolMeters.register(registry);
        messages = settings.url().isPresent() ? new Messages(settings, post, meters) : null;
    }

    /// What is counted of tools.
    public ToolMeters meters() {
        return meters;
    }

    /// A tool behind HTTP in the call of this id.
    public AgentTool http(HttpToolSettings settings, String callId) {
        return new HttpTool(settings, callId, client);
    }

    /// Takes messages in a call that `agent` answers. There must be somewhere for them to go.
    ///
    /// @param quota how many may be taken in this call
    /// @param epochMillis the time of day, since the epoch
    public AgentTool takeMessage(
            CallFacts call,
            String agent,
            String language,
            MessageQuota quota,
            LongSupplier epochMillis) {
        if (messages == null) {
            throw new IllegalStateException("there is no messages.url");
        }
        return new MessageTool(messages, call, agent, language, quota, epochMillis);
    }

    @Override
    public void close() {
        if (messages != null) {
            messages.close();
        }
        post.close();
        client.close();
    }
}
