package io.sandalphone.transport;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/// One call, as its sound: mono linear PCM at 16 kHz, 16 bits, the low byte first (32 000 bytes are a second), whatever the
/// carrier's own coding. Telephones carry 300 to 3400 Hz of it.
///
/// Thread-safe, and no method blocks. What is asked of a call that is over does nothing.
public interface SipTransport {
    /// The [metadata][#metadata] that names the carrier: [Provider#word].
    String PROVIDER = "provider";

    /// The [metadata][#metadata] that names the caller's number as the carrier wrote it; empty where it is withheld.
    String CALLER_ID = "caller_id";

    /// The [metadata][#metadata] that names the number that was called, as the handler was given it.
    String DID = "did";

    /// What the caller says, from when one subscribes: a publisher of arrays of 640 bytes (20 ms), in order, as they come. What
    /// the network lost is left out. Ends with `onComplete` when the call ends, and with `onError` and a
    /// [ProviderConnectionError] or [AudioCodecError] when its sound is lost. Answers the call.
    AudioPublisher receiveAudio();

    /// Says `pcm` to the caller, behind what was sent before: whole samples, any number of them; the library keeps the pace. False
    /// when it was not taken, because more would then wait than [Limits#unsent], or the call is over. Answers the call.
    ///
    /// @throws AudioCodecError when it is no whole number of samples
    boolean sendAudio(byte[] pcm);

    /// Tells when the caller has been played all that was sent until now, or that they never will be. It completes once, on a
    /// virtual thread. Carriers see another name. Answers the call.
    CompletionStage<Mark> sendMark(String name);

    /// Drops what the caller has not been played yet, here and at the carrier; for when they interrupt.
    void clearAudio();

    /// Hangs up, whatever is still to be said; a call that rings is refused.
    void close();

    /// Whether the caller can be heard and spoken to now: from the beginning of the call's sound to its end.
    boolean isConnected();

    /// [#PROVIDER], [#CALLER_ID] and [#DID].
    Map<String, String> metadata();

    /// How many frames of 20 ms were dropped because subscribers were slow.
    long framesDropped();
}
