package io.sandalphone.harness.pairs;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.measure.MuLaw;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

/// A telephone system that speaks HTTP (`controller/docs/http-leg.md`), with one caller: it brings what they say,
/// and fetches what they are to hear, by mu-law. Thread-safe.
final class HttpPbx implements AutoCloseable {
    private static final int GONE = 410;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String home;
    private final String callId;
    private final Thread talking;
    private volatile short[] said = new short[0];
    private volatile boolean over;
    private short[] heard = new short[0];

    private HttpPbx(String home, HttpResponse<String> announced) throws IOException {
        this.home = home;
        callId = new ObjectMapper().readTree(announced.body()).path("callId").asText();
        talking = Thread.ofVirtual().unstarted(this::talk);
    }

    /// `from` calls `to` at the gateway whose public listener has `port` on loopback.
    static HttpPbx call(int port, String from, String to) throws IOException, InterruptedException {
        String home = "http://127.0.0.1:" + port + "/asterisk";
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> announced =
                    http.send(
                            asked(home + "/inbound")
                                    .POST(
                                            BodyPublishers.ofString(
                                                    "{\"from\":\"%s\",\"to\":\"%s\",\"format\":\"ulaw\"}"
                                                            .formatted(from, to)))
                                    .build(),
                            BodyHandlers.ofString());
            if (announced.statusCode() != 201) {
                throw new AssertionError(announced.statusCode() + " " + announced.body());
            }
            var pbx = new HttpPbx(home, announced);
            pbx.talking.start();
            return pbx;
        }
    }

    private static HttpRequest.Builder asked(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + ControllerSettings.TOKEN);
    }

    /// The caller says `pcm` (8 kHz) over and over from now on.
    void repeat(short[] pcm) {
        said = pcm;
    }

    /// What the caller heard, one piece behind the other.
    synchronized short[] heard() {
        return heard.clone();
    }

    /// Whether the gateway says that the call has ended.
    boolean isOver() {
        return over;
    }

    // What is fetched keeps the pace: as much is brought as was heard.
    private void talk() {
        int at = 0;
        for (long sequence = 1; !over; ) {
            int length = fetch();
            if (length > 0) {
                short[] now = said;
                var piece = new short[length];
                for (int i = 0; i < length && now.length > 0; i++) {
                    piece[i] = now[at++ % now.length];
                }
                over |= bring(sequence++, piece) == GONE;
            }
        }
    }

    private int bring(long sequence, short[] piece) {
        return status(
                asked(home + "/media?callId=" + callId + "&seq=" + sequence)
                        .header("Content-Type", "audio/basic")
                        .POST(BodyPublishers.ofByteArray(MuLaw.encode(piece))));
    }

    /// Gives how many samples came.
    private int fetch() {
        try {
            HttpResponse<byte[]> next =
                    http.send(
                            asked(home + "/egress/next?callId=" + callId + "&wait=200").build(),
                            BodyHandlers.ofByteArray());
            over |= next.statusCode() == GONE;
            if (next.statusCode() != 200) {
                return 0;
            }
            hear(MuLaw.decode(next.body()));
            return next.body().length;
        } catch (IOException e) {
            over = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            over = true;
        }
        return 0;
    }

    private synchronized void hear(short[] pcm) {
        int length = heard.length;
        heard = Arrays.copyOf(heard, length + pcm.length);
        System.arraycopy(pcm, 0, heard, length, pcm.length);
    }

    private int status(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return GONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return GONE;
        }
    }

    /// The caller hangs up.
    void hangUp() {
        over = true;
        status(
                asked(home + "/end")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"callId\":\"%s\",\"cause\":\"normal\"}"
                                                .formatted(callId))));
    }

    @Override
    public void close() {
        over = true;
        try {
            talking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
