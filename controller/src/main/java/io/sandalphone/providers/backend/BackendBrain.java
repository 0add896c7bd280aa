package io.sandalphone.providers.backend;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.brain.model.Prompt;
import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.http.HttpRefusal;
import io.sandalphone.speech.http.VendorClient;
import io.sandalphone.webhook.WebhookSignature;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Answers with what an operator's own service replies: to `POST /conversation/start`, with what is said first in a call, and to
/// `POST /conversation/message` with all that is said after it. One that no longer knows the conversation (404) is told it as if it
/// began.
///
/// Switched off, it asks nobody and says nothing.
final class BackendBrain implements Brain {
    private static final Logger LOG = LoggerFactory.getLogger(BackendBrain.class);
    private static final MediaType TYPE = MediaType.get("application/json");
    private static final int NOT_FOUND = 404;
    private static final String START = "/conversation/start";
    private static final String MESSAGE = "/conversation/message";

    /// What stands for a number that is withheld, or unknown (RFC 3323).
    private static final String ANONYMOUS = "anonymous";

    private static final String SUBJECT = "the backend";

    private final BackendSettings settings;
    private final BackendMeters meters;
    private final InstantSource clock;
    private final Optional<WebhookSignature> signature;
    private final VendorClient client = new VendorClient(SUBJECT, Duration.ZERO, Duration.ZERO);
    private volatile @Nullable String unavailableReason;

    BackendBrain(BackendSettings settings, BackendMeters meters, InstantSource clock) {
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        signature = settings.secret().map(WebhookSignature::new);
    }

    @Override
    public String name() {
        return BackendProvider.NAME;
    }

    /// It is told the language.
    @Override
    public boolean converses(Language language) {
        return true;
    }

    @Override
    public Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    @Override
    public void answer(BrainRequest request, BrainReply out)
            throws SpeechException, InterruptedException {
        if (!settings.enabled()) {
            meters.unasked().increment();
            LOG.atInfo()
                    .addKeyValue("call", request.call().callId())
                    .log("words came, and the backend is switched off");
            out.silence();
            return;
        }
        long began = System.nanoTime();
        BackendReply reply = ask(request, began + settings.timeout().toNanos());
        meters.replies().record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        unavailableReason = null;
        if (reply.text().isBlank() && reply.wish().isEmpty()) {
            out.silence();
        } else {
            out.text(reply.text());
            reply.wish().ifPresent(wish -> grant(wish, request, out));
        }
    }

    private void grant(Wish wish, BrainRequest request, BrainReply out) {
        if (request.abilities().contains(wish.ability())) {
            out.wish(wish);
        } else {
            meters.notAllowed().increment();
        }
    }

    private BackendReply ask(BrainRequest request, long ends)
            throws SpeechException, InterruptedException {
        byte[] body = body(request).toString().getBytes(StandardCharsets.UTF_8);
        VendorClient.Answer answer = post(request.first() ? START : MESSAGE, body, ends);
        if (answer.status() == NOT_FOUND && !request.first()) {
            answer = post(START, body, ends);
            if (answer.isSuccess()) {
                meters.begunAgain().increment();
            }
        }
        if (!answer.isSuccess()) {
            throw refused(HttpRefusal.of(answer.status(), answer.body().utf8()).failure());
        }
        return BackendReply.parse(answer.body().utf8());
    }

    private SpeechException refused(SpeechException failure) {
        if (failure.kind() == Kind.CREDENTIALS) {
            unavailableReason = failure.getMessage();
        }
        return failure;
    }

    private VendorClient.Answer post(String path, byte[] body, long ends)
            throws SpeechException, InterruptedException {
        var request =
                new Request.Builder()
                        .url(settings.at(path))
                        .header("Accept", "application/json")
                        .post(RequestBody.create(body, TYPE));
        String timestamp = WebhookSignature.timestamp(clock.instant());
        signature.ifPresent(
                own ->
                        request.header(WebhookSignature.TIMESTAMP, timestamp)
                                .header(WebhookSignature.SIGNATURE, own.sign(timestamp, body)));
        try {
            return client.exchange(request.build(), ends);
        } catch (IOException broken) {
            throw VendorClient.failure(broken, SUBJECT);
        }
    }

    private ObjectNode body(BrainRequest request) {
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("callId", request.call().callId())
                        .put("from", number(request.call().from()))
                        .put("to", number(request.call().to()))
                        .put("language", request.language().tag())
                        .put("text", request.said());
        if (!request.call().extra().isEmpty()) {
            request.call().extra().forEach(body.putObject("extra")::put);
        }
        List<Turn> before = request.conversation().subList(0, request.conversation().size() - 1);
        List<Turn> told =
                before.subList(Math.max(0, before.size() - settings.history()), before.size());
        if (!told.isEmpty()) {
            var history = body.putArray("history");
            told.forEach(turn -> Prompt.turn(turn, history));
        }
        return body;
    }

    private static String number(String number) {
        return number.isEmpty() ? ANONYMOUS : number;
    }

    /// Asks for the base address, which need not be there: whoever answers is there.
    @Override
    public List<Finding> check() throws InterruptedException {
        if (!settings.enabled()) {
            return List.of(Finding.ok("switched off: nobody is asked"));
        }
        List<Finding> findings = new ArrayList<>();
        try {
            Request get = new Request.Builder().url(settings.at("/")).build();
            var _ = client.exchange(get, System.nanoTime() + settings.timeout().toNanos());
            findings.add(Finding.ok("the backend answers"));
        } catch (IOException broken) {
            String message = VendorClient.failure(broken, SUBJECT).getMessage();
            return List.of(
                    Finding.fault(BackendSettings.SECTION + "base-url", String.valueOf(message)));
        }
        if (signature.isEmpty()) {
            findings.add(
                    Finding.warning(
                            BackendSettings.SECTION + "secret",
                            "what is sent is not signed: the backend cannot tell it from anybody"
                                    + " else's"));
        }
        return findings;
    }

    @Override
    public void close() {
        client.close();
    }
}
