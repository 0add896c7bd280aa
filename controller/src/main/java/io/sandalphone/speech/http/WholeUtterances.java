package io.sandalphone.speech.http;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.UtteranceRecognizer;

import java.util.function.Predicate;

/// Listens to speakers by a service that takes each utterance whole. Thread-safe.
public final class WholeUtterances {
    private final String provider;
    private final String tariff;
    private final VendorMeters.Hearing meters;
    private final Predicate<Language> understands;
    private final UtteranceService service;

    /// Asks nobody before there is an utterance.
    ///
    /// @param provider the provider by its name
    /// @param tariff what is listened to is reported under
    /// @param understands which languages the service is asked for
    public WholeUtterances(
            String provider,
            String tariff,
            VendorMeters meters,
            Predicate<Language> understands,
            UtteranceService service) {
        this.provider = provider;
        this.tariff = tariff;
        this.meters = meters.hearing(provider);
        this.understands = understands;
        this.service = service;
    }

    /// Begins to listen to one speaker. Nothing is asked before their first utterance has ended, so that it is ready at once. To one
    /// whose language the service is not asked for nobody listens, and `listener` is told so as every failure is told.
    public UtteranceRecognizer open(TranscriptionRequest request, TranscriptListener listener) {
        var session = new UtteranceSession(tariff, meters, service, request, listener);
        if (understands.test(request.language())) {
            session.begin();
        } else {
            session.fail(
                    new SpeechException(
                            Kind.REQUEST, provider + " does not understand " + request.language()));
        }
        return session;
    }
}
