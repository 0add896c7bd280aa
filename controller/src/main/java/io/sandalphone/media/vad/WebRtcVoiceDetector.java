package io.sandalphone.media.vad;

import io.github.givimad.libfvadjni.VoiceActivityDetector;
import io.sandalphone.media.AudioFrame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The voice detector of WebRTC (libfvad, native): Gaussian models of speech and noise in six bands,
/// which follow the line's noise. About 5 µs a frame.
///
/// Its models start out expecting silence, so the first 100 ms of any line noise count as speech:
/// who finds utterances with it should ask for more than that.
public final class WebRtcVoiceDetector implements VoiceDetector {
    // The library keeps its detectors in one map without a lock, and a look-up that meets a change
    // of it ends the whole process. So detectors are used side by side, but come and go alone.
    private static final ReadWriteLock DETECTORS = new ReentrantReadWriteLock();

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
