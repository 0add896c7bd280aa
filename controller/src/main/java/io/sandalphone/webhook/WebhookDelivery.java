package io.sandalphone.webhook;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Delivers JSON to one address of the operator's: `POST`, signed as [WebhookSignature] says. What is not taken is sent again
/// with the same body, after each of the pauses; what would be refused again is not. Thread-safe.
public final class WebhookDelivery {
    private static final MediaType TYPE = MediaType.get("application/json");
    private static final int LARGEST_ANSWER = 65_536;

    private final URI url;
    private final WebhookSignature signature;
    private final Duration timeout;
    private final List<Duration> pauses;
    private final WebhookClient client;

    /// What came of it.
    public sealed interface Outcome {
        /// The server has it, since attempt number `attempts`, counted from 1.
        record Delivered(int attempts) implements Outcome {}

        /// It has it not, or has not said so. `why` repeats nothing of what was said.
        record Lost(String why) implements Outcome {}
    }

    /// To where `settings` say, which must be somewhere.
    ///
    /// @param pauses before the second attempt, the third, and so on: there is one more attempt than pauses
    public WebhookDelivery(WebhookSettings settings, List<Duration> pauses, WebhookClient client) {
        url = settings.url().orElseThrow();
        signature = new WebhookSignature(settings.secret().orElseThrow());
        timeout = settings.timeout();
        this.pauses = List.copyOf(pauses);
        this.client = client;
    }

    /// Delivers `json`. Blocks for as long as all attempts and pauses take; who is interrupted has lost it.
    public Outcome deliver(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String why = "interrupted";
        try {
            for (int attempt = 1; attempt <= pauses.size() + 1; attempt++) {
                if (attempt > 1) {
                    Thread.sleep(pauses.get(attempt - 2));
                }
                WebhookClient.Answer answer =
                        client.ask(request(body), false, timeout, LARGEST_ANSWER);
                int status = status(answer);
                if (status >= 200 && status < 300) {
                    return new Outcome.Delivered(attempt);
                }
                why = status == 0 ? broken(answer) : "HTTP " + status;
                if (status >= 300 && status < 500 && status != 408 && status != 429) {
                    // It would be refused again.
                    return new Outcome.Lost(why);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Outcome.Lost(why);
    }

    private Request request(byte[] body) {
        String timestamp = WebhookSignature.timestamp(Instant.now());
        return new Request.Builder()
                .url(url.toString())
                .header(WebhookSignature.TIMESTAMP, timestamp)
                .header(WebhookSignature.SIGNATURE, signature.sign(timestamp, body))
                .post(RequestBody.create(body, TYPE))
                .build();
    }

    /// 0 where there was no answer.
    private static int status(WebhookClient.Answer answer) {
        return switch (answer) {
            case WebhookClient.Answer.Text(var status, _) -> status;
            case WebhookClient.Answer.TooLong(var status) -> status;
            case WebhookClient.Answer.Unreadable(var status) -> status;
            case WebhookClient.Answer.Late _, WebhookClient.Answer.Broken _ -> 0;
        };
    }

    private static String broken(WebhookClient.Answer answer) {
        return answer instanceof WebhookClient.Answer.Broken(var why) ? why : "time-out";
    }
}
