package io.sandalphone.media.vad;

import io.github.givimad.libfvadjni.VoiceActivityDetector;
import io.sandalphone.media.AudioFrame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The voice detector of WebRTC (libfvad, native): Gaussian models of speech and noise in six bands,
/// which follow the line's noise. About 5 µs a frame.
///
/// Its models start out expecting silence, so the first 100 ms of any line noise count as speech:
/// who finds utterances with it should ask for more than that.
public final class WebRtcVoiceDetector implements VoiceDetector {
    private static final String TEMPORARY = "java.io.tmpdir";
    private static final int SAMPLES_TRIED = 160;

    // The library keeps its detectors in one map without a lock, and a look-up that meets a change
    // of it ends the whole process. So detectors are used side by side, but come and go alone.
    private static final ReadWriteLock DETECTORS = new ReentrantReadWriteLock();
    // Under the lock for changes.
    private static boolean loaded;

    private final VoiceActivityDetector detector;
    private boolean closed;

    private WebRtcVoiceDetector(VoiceActivityDetector detector) {
        this.detector = detector;
    }

    /// How eagerly a doubtful frame is called noise.
    public enum Mode {
        /// Misses no speech, takes much noise for speech.
        QUALITY(VoiceActivityDetector.Mode.QUALITY),
        LOW_BITRATE(VoiceActivityDetector.Mode.LOW_BITRATE),
        AGGRESSIVE(VoiceActivityDetector.Mode.AGGRESSIVE),
        /// Takes little noise for speech, misses the ends of words.
        VERY_AGGRESSIVE(VoiceActivityDetector.Mode.VERY_AGGRESSIVE);

        private final VoiceActivityDetector.Mode nativeMode;

        Mode(VoiceActivityDetector.Mode nativeMode) {
            this.nativeMode = nativeMode;
        }
    }

    /// Loads the native library, once for the process, and tries it out. It is unpacked into `folder`
    /// for that; when that is empty, into Java's temporary folder (`java.io.tmpdir`). To be called
    /// before threads start that need that folder too.
    ///
    /// @throws IOException when it cannot be unpacked there, or not be executed; the message names the
    ///     folder and the reason
    public static void load(Optional<Path> folder) throws IOException {
        String usual = System.getProperty(TEMPORARY);
        String chosen = folder.map(Path::toString).orElse(usual);
        DETECTORS.writeLock().lock();
        try {
            if (loaded) {
                return;
            }
            // The library has no other way to be told where.
            System.setProperty(TEMPORARY, chosen);
            VoiceActivityDetector.loadLibrary();
            loaded = true;
        } catch (IOException | LinkageError e) {
            throw new IOException(
                    "the voice detector's native library cannot be loaded from "
                            + chosen
                            + " ("
                            + e.getMessage()
                            + "): a folder is needed that may be written and is not mounted noexec",
                    e);
        } finally {
            System.setProperty(TEMPORARY, usual);
            DETECTORS.writeLock().unlock();
        }
        try (var detector = open(Mode.AGGRESSIVE)) {
            detector.detector.process(new short[SAMPLES_TRIED]);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// A detector for one speaker. Loads the native library when it is the first.
    ///
    /// @throws UncheckedIOException when the library does not load on this machine
    public static WebRtcVoiceDetector open(Mode mode) {
        DETECTORS.writeLock().lock();
        try {
            VoiceActivityDetector.loadLibrary();
            return new WebRtcVoiceDetector(configured(VoiceActivityDetector.newInstance(), mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            DETECTORS.writeLock().unlock();
        }
    }

    private static VoiceActivityDetector configured(VoiceActivityDetector detector, Mode mode)
            throws IOException {
        boolean configured = false;
        try {
            detector.setMode(mode.nativeMode);
            detector.setSampleRate(VoiceActivityDetector.SampleRate.S8000);
            configured = true;
            return detector;
        } finally {
            if (!configured) {
                detector.close();
            }
        }
    }

    @Override
    public boolean speech(AudioFrame frame) {
        if (frame.rate() != AudioFrame.TELEPHONE_RATE) {
            throw new IllegalArgumentException("opened for 8000 Hz, not " + frame.rate());
        }
        DETECTORS.readLock().lock();
        try {
            return detector.process(frame.pcm());
        } catch (IOException e) {
            // Thrown after close() only.
            throw new IllegalStateException(e);
        } finally {
            DETECTORS.readLock().unlock();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            DETECTORS.writeLock().lock();
            try {
                detector.close();
            } finally {
                DETECTORS.writeLock().unlock();
            }
        }
    }
}
