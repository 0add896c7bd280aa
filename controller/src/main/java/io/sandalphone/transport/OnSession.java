package io.sandalphone.transport;

/// Takes the calls of a [SipTransportHandler].
@FunctionalInterface
public interface OnSession {
    /// A call has come for `number`, and rings. It is answered as soon as this asks for its sound (subscribes, sends, marks), or
    /// returns; [CallRejectedError] refuses it, and any other exception gives it back to the carrier, which asks the number's
    /// fallback URL. A call for which nothing is decided within [Limits#decision] is refused as busy.
    ///
    /// Runs on a virtual thread of the call's own, and may block for as long as it likes: no other call, and not the sound of
    /// this one, waits for it. The call goes on when it returns, until somebody hangs up.
    void onSession(SipTransport transport, Did number);
}
