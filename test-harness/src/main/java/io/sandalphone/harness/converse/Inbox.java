package io.sandalphone.harness.converse;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.backend.BackendSignature;
import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.http.HttpService;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// The operator's server, to which an agent delivers messages: it takes those that are signed as they should be, and refuses all others.
/// Thread-safe.
final class Inbox implements HttpService {
    /// What they are signed with.
    static final String SECRET = "a secret of the two alone";

    private static final int UNAUTHORIZED = 401;

    private final BackendSignature signature = new BackendSignature(SECRET);
    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public Set<Fault> faults() {
        return Set.of();
    }

    @Override
    public HttpAnswer answer(HttpCall call) throws HttpRefusal {
        String signed =
                signature.sign(
                        call.header(BackendSignature.TIMESTAMP.toLowerCase(Locale.ROOT)),
                        call.body().getBytes());
        if (!signed.equals(call.header(BackendSignature.SIGNATURE.toLowerCase(Locale.ROOT)))) {
            throw new HttpRefusal(UNAUTHORIZED, new JsonObject());
        }
        messages.add(new JsonObject(call.body()).getString("message"));
        return HttpAnswer.whole("text/plain", Buffer.buffer("ok"));
    }

    @Override
    public Optional<HttpRefusal> refusal(Fault fault, int count) {
        return Optional.empty();
    }

    /// Those that came, in their order.
    List<String> messages() {
        return List.copyOf(messages);
    }

    /// Forgets those that came.
    void empty() {
        messages.clear();
    }
}
