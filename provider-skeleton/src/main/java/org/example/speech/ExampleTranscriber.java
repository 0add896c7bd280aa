package org.example.speech;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.segment.UtterancesOnly;

import java.util.List;

/// Sends each utterance when it is over. A service that takes sound as it is said has words sooner: it is
/// sent every frame of [Transcription#hear].
final class ExampleTranscriber implements Transcriber {
    private final ExampleService service;

    ExampleTranscriber(ExampleService service) {
        this.service = service;
    }

    @Override
    public String name() {
        return ExampleProvider.NAME;
    }

    @Override
    public boolean understands(Language language) {
        return ExampleService.speaks(language);
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        var session = new ExampleSession(service, request, listener);
        if (understands(request.language())) {
            session.begin();
        } else {
            session.fail(new SpeechException(Kind.REQUEST, "no words of " + request.language()));
        }
        return new UtterancesOnly(session);
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        return service.check();
    }

    @Override
    public void close() {
        service.close();
    }
}
