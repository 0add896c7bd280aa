package io.sandalphone.providers.ollama;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.sandalphone.config.Finding;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.http.FailedCheck;
import io.sandalphone.speech.http.HttpRefusal;
import io.sandalphone.speech.http.VendorClient;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks an Ollama whether it has the model, and what that can do.
record OllamaCheck(OllamaSettings settings, VendorClient client) {
    private static final String BASE_URL = "brains.ollama.base-url";
    private static final String MODEL = "brains.ollama.model";
    private static final Duration LOOK = Duration.ofSeconds(5);

    /// What is said of a model that is not there.
    static String missing(String model) {
        return "Ollama has no model %s: ollama pull %s".formatted(model, model);
    }

    List<Finding> findings() throws InterruptedException {
        try {
            Optional<String> listed = listed();
            if (listed.isEmpty()) {
                return List.of(Finding.fault(MODEL, missing(settings.model())));
            }
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.ok("Ollama has the model " + settings.model()));
            if (!usesTools(listed.get())) {
                findings.add(
                        Finding.warning(
                                MODEL,
                                settings.model()
                                        + " cannot use tools: it can neither hang up nor put"
                                        + " anybody through"));
            }
            return findings;
        } catch (SpeechException failure) {
            return List.of(FailedCheck.of(failure, BASE_URL, BASE_URL, BASE_URL));
        } catch (UnreadableException unreadable) {
            return List.of(
                    Finding.fault(BASE_URL, "what answers there does not answer as Ollama does"));
        }
    }

    /// The model's whole name: one without a tag means the latest.
    private Optional<String> listed()
            throws SpeechException, InterruptedException, UnreadableException {
        Request tags = new Request.Builder().url(settings.at("/api/tags")).build();
        String latest = settings.model() + ":latest";
        return ask(tags).list("models").stream()
                .flatMap(model -> model.text("name").stream())
                .filter(name -> name.equals(settings.model()) || name.equals(latest))
                .findFirst();
    }

    private boolean usesTools(String model)
            throws SpeechException, InterruptedException, UnreadableException {
        String body = JsonNodeFactory.instance.objectNode().put("model", model).toString();
        Request show =
                new Request.Builder()
                        .url(settings.at("/api/show"))
                        .post(RequestBody.create(body, MediaType.get("application/json")))
                        .build();
        return ask(show).list("capabilities").stream()
                .flatMap(capability -> capability.text().stream())
                .anyMatch("tools"::equals);
    }

    private JsonMessage ask(Request request)
            throws SpeechException, InterruptedException, UnreadableException {
        long ends = System.nanoTime() + LOOK.toNanos();
        return JsonMessage.parse(client.text(request, ends, HttpRefusal::failure)).optional();
    }
}
