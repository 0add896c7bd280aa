package io.sandalphone.providers.offline;

import io.sandalphone.config.Finding;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.PolyphaseFilter;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Speaks English and Spanish with espeak-ng: one short-lived process per phrase. The text goes to
/// its standard input, where nobody else on the machine sees it.
///
/// Sound is handed over while espeak-ng is still at work, without the silence before and after the
/// words. Its voices speak at about -20 dBov as they are, which is the level of a telephone voice.
public final class EspeakSynthesizer implements Synthesizer {
    /// What espeak-ng takes for instructions instead of text.
    private static final Pattern INSTRUCTIONS = Pattern.compile("\\[\\[|]]|[<>\\x00]");

    private final OfflineSettings settings;
    private final OfflineMeters meters;
    private final Map<Integer, PolyphaseFilter> filters = new ConcurrentHashMap<>();
    private volatile @Nullable String unavailableReason;

    public EspeakSynthesizer(OfflineSettings settings, OfflineMeters meters) {
        this.settings = settings;
        this.meters = meters;
        unavailableReason = firstMissing().orElse(null);
    }

    private Optional<String> firstMissing() {
        return new Installation(settings).missingSynthesizer().stream().findFirst();
    }

    @Override
    public String name() {
        return "offline";
    }

    @Override
    public Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    @Override
    public List<Finding> check() {
        return Installation.findings(new Installation(settings).missingSynthesizer());
    }

    @Override
    public boolean speaks(Language language) {
        return voice(language).isPresent();
    }

    private Optional<String> voice(Language language) {
        return switch (language.base()) {
            case "en" -> Optional.of(settings.englishVoice());
            case "es" -> Optional.of(settings.spanishVoice());
            default -> Optional.empty();
        };
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        String voice =
                voice(request.language())
                        .orElseThrow(
                                () ->
                                        new SpeechException(
                                                SpeechException.Kind.REQUEST,
                                                "no voice for " + request.language()));
        String text = clean(request.text());
        if (text.isBlank()) {
            return;
        }
        request.usage()
                .spoken(
                        OfflineProvider.NAME,
                        request.text().codePointCount(0, request.text().length()));
        long start = System.nanoTime();
        try (var phrase = EspeakPhrase.start(settings, voice, text)) {
            var telephone = telephoneSound(phrase.rate(settings.answerTimeout()), out);
            short[] pcm = phrase.next(settings.answerTimeout());
            meters.firstAudio().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            while (pcm.length > 0) {
                telephone.accept(pcm);
                pcm = phrase.next(settings.answerTimeout());
            }
            telephone.finish();
            unavailableReason = null;
        } catch (SpeechException failure) {
            unavailableReason = firstMissing().orElse(failure.getMessage());
            throw failure;
        }
    }

    private static String clean(String text) {
        return INSTRUCTIONS.matcher(text).replaceAll(" ");
    }

    private TelephoneSound telephoneSound(int rate, PcmSink out) {
        var filter =
                filters.computeIfAbsent(
                        rate, from -> PolyphaseFilter.between(from, AudioFrame.TELEPHONE_RATE));
        return new TelephoneSound(filter, out);
    }
}
