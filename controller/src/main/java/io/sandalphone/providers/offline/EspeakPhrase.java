package io.sandalphone.providers.offline;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One phrase that espeak-ng is speaking, in a process of its own, which ends when this is closed.
final class EspeakPhrase implements AutoCloseable {
    /// A WAV file's header as espeak-ng writes it, and where the sampling rate stands in it.
    private static final int HEADER_BYTES = 44;

    private static final int RATE_OFFSET = 24;

    /// Samples read at a time, about 20 ms.
    private static final int PIECE = 441;

    private static final int PIECES_AHEAD = 50;

    /// What the reader puts where no more sound comes.
    private static final short[] END = {};

    private final Process process;

    /// First one piece of one number, the sampling rate, then the sound.
    private final BlockingQueue<short[]> pieces = new ArrayBlockingQueue<>(PIECES_AHEAD);

    private final Thread reader;

    private EspeakPhrase(Process process) {
        this.process = process;
        reader = Thread.ofVirtual().name("espeak").start(this::read);
    }

    static EspeakPhrase start(OfflineSettings settings, String voice, String text)
            throws SpeechException {
        var builder =
                new ProcessBuilder(
                                "espeak-ng",
                                "--stdin",
                                "--stdout",
                                "-b",
                                "1", // the text is UTF-8
                                "-v",
                                voice,
                                "-s",
                                Integer.toString(settings.wordsPerMinute()),
                                "-p",
                                Integer.toString(settings.pitch()))
                        .redirectError(Redirect.DISCARD);
        try {
            var process = builder.start();
            var phrase = new EspeakPhrase(process);
            try (var in = process.getOutputStream()) {
                in.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException _) {
                // It ended early: whoever waits for its sound notices.
            }
            return phrase;
        } catch (IOException _) {
            throw new SpeechException(Kind.UNREACHABLE, "espeak-ng cannot be started");
        }
    }

    private void read() {
        try {
            try (var in = new DataInputStream(process.getInputStream())) {
                var header = in.readNBytes(HEADER_BYTES);
                if (header.length == HEADER_BYTES) {
                    int rate = little(header).getInt(RATE_OFFSET);
                    pieces.put(new short[] {(short) (rate >> 16), (short) rate});
                    readSound(in);
                }
            } catch (IOException _) {
                // Closed in the middle of the phrase.
            }
            pieces.put(END);
        } catch (InterruptedException _) {
            // Nobody listens any more.
        }
    }

    private void readSound(InputStream in) throws IOException, InterruptedException {
        byte[] bytes = in.readNBytes(2 * PIECE);
        while (bytes.length > 1) {
            var pcm = new short[bytes.length / 2];
            little(bytes).asShortBuffer().get(pcm);
            pieces.put(pcm);
            bytes = in.readNBytes(2 * PIECE);
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Waits for the sampling rate; to be called before the first [#next].
    int rate(Duration limit) throws SpeechException, InterruptedException {
        short[] rate = next(limit);
        if (rate.length == 0) {
            throw new SpeechException(Kind.PROVIDER_FAULT, "espeak-ng made no sound");
        }
        return rate[0] << 16 | Short.toUnsignedInt(rate[1]);
    }

    /// Waits for the next piece of sound. Empty when there is no more.
    short[] next(Duration limit) throws SpeechException, InterruptedException {
        short[] piece = pieces.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (piece == null) {
            throw new SpeechException(Kind.TIMEOUT, "espeak-ng did not speak in time");
        }
        return piece;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        reader.interrupt();
    }
}
