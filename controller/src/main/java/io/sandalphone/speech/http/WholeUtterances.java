package io.sandalphone.speech.http;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.UtteranceRecognizer;

/// Listens to speakers by a service that takes each utterance whole. Thread-safe.
public final class WholeUtterances {
    private final String tariff;
    private final VendorMeters.Hearing meters;
    private final UtteranceService service;

    /// Asks nobody before there is an utterance.
    ///
    /// @param provider the provider by its name
    /// @param tariff what is listened to is reported under
    public WholeUtterances(
            String provider, String tariff, VendorMeters meters, UtteranceService service) {
        this.tariff = tariff;
        this.meters = meters.hearing(provider);
        this.service = service;
    }

    /// Begins to listen to one speaker. Nothing is asked before their first utterance has ended, so that it is ready at once.
    public UtteranceRecognizer open(TranscriptionRequest request, TranscriptListener listener) {
        var session = new UtteranceSession(tariff, meters, service, request, listener);
        session.begin();
        return session;
    }

    /// Listens to nobody: tells `listener` why, as every failure is told.
    public UtteranceRecognizer refuse(
            TranscriptionRequest request, TranscriptListener listener, SpeechException refusal) {
        var session = new UtteranceSession(tariff, meters, service, request, listener);
        session.fail(refusal);
        return session;
    }
}
