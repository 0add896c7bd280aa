package io.sandalphone.providers.google;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;

import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.http.VendorClient;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import okio.Buffer;
import okio.ByteString;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Carries what Google's own libraries send, tokens and translations, over [GoogleHttp].
///
/// The default carrier of those libraries closes a connection that was idle for five seconds, keeps
/// five at most, and has no limit on a request as a whole.
final class OkHttpTransport extends HttpTransport {
    /// When what the current thread sends is to be answered, on the clock of [System#nanoTime]. The
    /// libraries have no way to say so for a single request.
    static final ScopedValue<Long> ENDS = ScopedValue.newInstance();

    /// What is asked for texts; its answers are read by us before the libraries see them.
    private static final String TRANSLATION = ":translateText";

    private final GoogleHttp http;
    private final GoogleMeters meters;

    OkHttpTransport(GoogleHttp http, GoogleMeters meters) {
        this.http = http;
        this.meters = meters;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Outgoing(method, new Request.Builder().url(url));
    }

    private final class Outgoing extends LowLevelHttpRequest {
        private final String method;
        private final Request.Builder request;

        Outgoing(String method, Request.Builder request) {
            this.method = method;
            this.request = request;
        }

        @Override
        public void addHeader(String name, String value) {
            // OkHttp asks for compressed answers by itself, and then it is OkHttp that expands
            // them.
            if (!name.equalsIgnoreCase("Accept-Encoding")) {
                request.addHeader(name, value);
            }
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            if (getContentEncoding() != null) {
                request.header("Content-Encoding", getContentEncoding());
            }
            request.method(method, body());
            Request whole = request.build();
            VendorClient.Answer answer = http.exchange(whole, ENDS.get());
            boolean translation = whole.url().encodedPath().endsWith(TRANSLATION);
            return new Incoming(translation && answer.isSuccess() ? asDocumented(answer) : answer);
        }

        private @Nullable RequestBody body() throws IOException {
            // The libraries give even a GET an empty one.
            if (getStreamingContent() == null || method.equals("GET")) {
                return null;
            }
            var content = new Buffer();
            getStreamingContent().writeTo(content.outputStream());
            MediaType type = getContentType() == null ? null : MediaType.parse(getContentType());
            return RequestBody.create(content.readByteString(), type);
        }
    }

    /// The libraries throw an answer away whole for a field of another type than they know.
    private VendorClient.Answer asDocumented(VendorClient.Answer answer) {
        TranslationAnswer read;
        try {
            read = TranslationAnswer.parse(answer.body().utf8());
        } catch (UnreadableException _) {
            return answer;
        }
        if (read.incomplete()) {
            meters.incomplete().increment();
        }
        return new VendorClient.Answer(
                answer.status(), answer.headers(), ByteString.encodeUtf8(read.asDocumented()));
    }

    private static final class Incoming extends LowLevelHttpResponse {
        private final VendorClient.Answer answer;

        Incoming(VendorClient.Answer answer) {
            this.answer = answer;
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(answer.body().toByteArray());
        }

        @Override
        public @Nullable String getContentEncoding() {
            return answer.headers().get("Content-Encoding");
        }

        @Override
        public long getContentLength() {
            return answer.body().size();
        }

        @Override
        public @Nullable String getContentType() {
            return answer.headers().get("Content-Type");
        }

        @Override
        public String getStatusLine() {
            return "HTTP " + answer.status();
        }

        @Override
        public int getStatusCode() {
            return answer.status();
        }

        @Override
        public String getReasonPhrase() {
            return "";
        }

        @Override
        public int getHeaderCount() {
            return answer.headers().size();
        }

        @Override
        public String getHeaderName(int index) {
            return answer.headers().name(index);
        }

        @Override
        public String getHeaderValue(int index) {
            return answer.headers().value(index);
        }
    }
}
