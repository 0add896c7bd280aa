package io.sandalphone.media.vad;

import io.github.givimad.libfvadjni.VoiceActivityDetector;
import io.sandalphone.media.AudioFrame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/// The voice detector of WebRTC (libfvad, native): Gaussian models of speech and noise in six bands,
/// which follow the line's noise. About 5 µs a frame.
///
/// Its models start out expecting silence, so the first 100 ms of any line noise count as speech:
/// who finds utterances with it should ask for more than that.
public final class WebRtcVoiceDetector implements VoiceDetector {
    private static final String TEMPORARY = "java.io.tmpdir";
    private static final int SAMPLES_TRIED = 160;

    private static final Object LOADING = new Object();
    // Under its lock.
    private static boolean loaded;

    private final MemorySegment detector;
    private boolean closed;

    private WebRtcVoiceDetector(MemorySegment detector) {
        this.detector = detector;
    }

    /// How eagerly a doubtful frame is called noise.
    public enum Mode {
        /// Misses no speech, takes much noise for speech.
        QUALITY(0),
        LOW_BITRATE(1),
        AGGRESSIVE(2),
        /// Takes little noise for speech, misses the ends of words.
        VERY_AGGRESSIVE(3);

        private final int number;

        Mode(int number) {
            this.number = number;
        }
    }

    /// Loads the native library, once for the process, and tries it out. It is unpacked into `folder`
    /// for that; when that is empty, into Java's temporary folder (`java.io.tmpdir`). To be called
    /// before threads start that need that folder too.
    ///
    /// @throws IOException when it cannot be unpacked there, or not be executed; the message names the
    ///     folder and the reason
    public static void load(Optional<Path> folder) throws IOException {
        loadLibrary(folder);
        try (var detector = opened(Mode.AGGRESSIVE)) {
            Libfvad.process(detector.detector, new short[SAMPLES_TRIED]);
        }
    }

    /// A detector for one speaker. Loads the native library when it is the first.
    ///
    /// @throws UncheckedIOException when the library does not load on this machine
    public static WebRtcVoiceDetector open(Mode mode) {
        try {
            loadLibrary(Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return opened(mode);
    }

    private static void loadLibrary(Optional<Path> folder) throws IOException {
        synchronized (LOADING) {
            if (loaded) {
                return;
            }
            String usual = System.getProperty(TEMPORARY);
            String chosen = folder.map(Path::toString).orElse(usual);
            // The library has no other way to be told where.
            System.setProperty(TEMPORARY, chosen);
            try {
                VoiceActivityDetector.loadLibrary();
            } catch (IOException | LinkageError e) {
                throw new IOException(
                        "the voice detector's native library cannot be loaded from "
                                + chosen
                                + " ("
                                + e.getMessage()
                                + "): a folder is needed that may be written and is not mounted"
                                + " noexec",
                        e);
            } finally {
                System.setProperty(TEMPORARY, usual);
            }
            loaded = true;
        }
    }

    private static WebRtcVoiceDetector opened(Mode mode) {
        return new WebRtcVoiceDetector(Libfvad.open(mode.number, AudioFrame.TELEPHONE_RATE));
    }

    // One thread at a time, and none once it is closed: the library would end the process.
    @Override
    public synchronized boolean speech(AudioFrame frame) {
        if (frame.rate() != AudioFrame.TELEPHONE_RATE) {
            throw new IllegalArgumentException("opened for 8000 Hz, not " + frame.rate());
        }
        if (closed) {
            throw new IllegalStateException("closed");
        }
        return Libfvad.process(detector, frame.pcm());
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Libfvad.free(detector);
        }
    }
}
