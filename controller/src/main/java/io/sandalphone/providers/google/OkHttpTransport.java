package io.sandalphone.providers.google;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import okio.Buffer;

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

    private final GoogleHttp http;

    OkHttpTransport(GoogleHttp http) {
        this.http = http;
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
            request.addHeader(name, value);
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            if (getContentEncoding() != null) {
                request.header("Content-Encoding", getContentEncoding());
            }
            request.method(method, body());
            return new Incoming(http.exchange(request.build(), ENDS.get()));
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

    private static final class Incoming extends LowLevelHttpResponse {
        private final GoogleHttp.Answer answer;

        Incoming(GoogleHttp.Answer answer) {
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
