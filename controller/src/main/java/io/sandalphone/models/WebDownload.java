package io.sandalphone.models;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/// Downloads one file over HTTP, and goes on where an earlier attempt ended.
final class WebDownload {
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    /// How often a connection that broke is made again, if it had brought something.
    private static final int MOST_ATTEMPTS = 5;

    private final OkHttpClient client;

    WebDownload(Map<String, String> environment) {
        var proxy = new EnvironmentProxy(environment);
        client =
                new OkHttpClient.Builder()
                        .connectTimeout(Duration.ofSeconds(15))
                        .readTimeout(Duration.ofSeconds(30))
                        .followSslRedirects(false)
                        .proxySelector(proxy)
                        .proxyAuthenticator(
                                (_, response) ->
                                        response.request().header("Proxy-Authorization") != null
                                                ? null
                                                : proxy.credentials(
                                                                response.request().url().scheme())
                                                        .map(
                                                                login ->
                                                                        response.request()
                                                                                .newBuilder()
                                                                                .header(
                                                                                        "Proxy-Authorization",
                                                                                        login)
                                                                                .build())
                                                        .orElse(null))
                        .build();
    }

    /// Brings `file`, which holds the beginning or nothing, to `bytes` bytes.
    void complete(URI address, Path file, long bytes, FetchLog log) throws IOException {
        for (int attempt = 1; ; attempt++) {
            long before = length(file);
            if (before == bytes) {
                return;
            }
            if (before > bytes) {
                Files.delete(file);
                before = 0;
            }
            try {
                goOn(address, file, before, bytes, log);
                return;
            } catch (Refusal refusal) {
                throw refusal;
            } catch (IOException broken) {
                if (attempt == MOST_ATTEMPTS || length(file) <= before) {
                    throw broken;
                }
                log.say("the connection broke; going on from there");
            }
        }
    }

    private static long length(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /// The server answers, but not with the file.
    static final class Refusal extends IOException {
        @java.io.Serial private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }

    private void goOn(URI address, Path file, long from, long bytes, FetchLog log)
            throws IOException {
        var request = new Request.Builder().url(address.toString());
        // Compressed on the way, positions in the file would mean something else.
        request.header("Accept-Encoding", "identity");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        try (Response response = client.newCall(request.build()).execute()) {
            if (response.code() == RANGE_NOT_SATISFIABLE) {
                Files.deleteIfExists(file);
                throw new Refusal("has another file than expected: it is shorter");
            }
            if (!response.isSuccessful()) {
                throw new Refusal("answers " + response.code());
            }
            boolean resumes =
                    response.code() == PARTIAL_CONTENT
                            && response.header("Content-Range", "")
                                    .startsWith("bytes " + from + "-");
            if (response.code() == PARTIAL_CONTENT && !resumes) {
                throw new Refusal("answers with another part than was asked for");
            }
            long start = resumes ? from : 0;
            if (resumes) {
                log.say("resuming after " + ModelFile.megabytes(from));
            }
            copy(response.body(), file, start, bytes, log);
        }
    }

    private static void copy(ResponseBody body, Path file, long start, long bytes, FetchLog log)
            throws IOException {
        long written = start;
        var progress = new Progress(bytes, start, log);
        try (InputStream in = body.byteStream();
                OutputStream out =
                        Files.newOutputStream(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                start > 0
                                        ? StandardOpenOption.APPEND
                                        : StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] buffer = new byte[1 << 16];
            int read;
            while ((read = in.read(buffer)) >= 0) {
                if (written + read > bytes) {
                    throw new Refusal("has another file than expected: it is longer");
                }
                out.write(buffer, 0, read);
                written += read;
                progress.reached(written);
            }
        }
        if (written < bytes) {
            throw new IOException(
                    "the connection ended after %s of %s"
                            .formatted(ModelFile.megabytes(written), ModelFile.megabytes(bytes)));
        }
    }

    /// Says each tenth of the way.
    private static final class Progress {
        private final long bytes;
        private final FetchLog log;
        private long tenth;

        Progress(long bytes, long start, FetchLog log) {
            this.bytes = bytes;
            this.log = log;
            tenth = tenth(start);
        }

        private long tenth(long at) {
            return at * 10 / bytes;
        }

        void reached(long at) {
            if (tenth(at) > tenth) {
                tenth = tenth(at);
                log.say(tenth * 10 + " %");
            }
        }
    }
}
