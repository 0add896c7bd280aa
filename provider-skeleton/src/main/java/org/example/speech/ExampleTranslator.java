package org.example.speech;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/// Asks the service for each text.
final class ExampleTranslator implements Translator {
    private final ExampleService service;

    ExampleTranslator(ExampleService service) {
        this.service = service;
    }

    @Override
    public String name() {
        return ExampleProvider.NAME;
    }

    @Override
    public boolean translates(Language from, Language to) {
        return ExampleService.speaks(from) && ExampleService.speaks(to);
    }

    @Override
    public String translate(TranslationRequest request)
            throws SpeechException, InterruptedException {
        if (!translates(request.from(), request.to())) {
            throw new SpeechException(
                    Kind.REQUEST,
                    "no translation from %s to %s".formatted(request.from(), request.to()));
        }
        if (request.text().isBlank()) {
            return "";
        }
        String translated =
                service.text(
                        "/translate",
                        "from=%s&to=%s".formatted(request.from().base(), request.to().base()),
                        BodyPublishers.ofString(request.text()));
        request.usage().translated(ExampleProvider.NAME, request.text().length());
        return translated;
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
