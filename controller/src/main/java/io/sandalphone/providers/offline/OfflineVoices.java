package io.sandalphone.providers.offline;

import io.micrometer.core.instrument.Timer;
import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Speaks English and Spanish without an account: each phrase in the voice that is asked for, else in the first
/// of [OfflineSettings#voices] that is installed and speaks its language. A phrase of which that voice made
/// no sound before it failed is spoken by the next.
public final class OfflineVoices implements Synthesizer {
    private static final Logger LOG = LoggerFactory.getLogger(OfflineVoices.class);

    /// What some voice takes for an instruction instead of text: Pico's tags, the backslash of other
    /// products of its maker, espeak-ng's phonemes; and what is no text at all.
    private static final Pattern INSTRUCTIONS =
            Pattern.compile("\\[\\[|]]|[<>\\\\\\p{Cc}\\p{Co}\\p{Cs}]");

    /// Signs without width, which stand within words.
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

    private final OfflineSettings settings;
    private final OfflineMeters meters;
    private final List<Voice> voices;
    private volatile @Nullable String failure;

    /// Starts the voices that will speak, so that the first phrase does not wait for them.
    public OfflineVoices(OfflineSettings settings, OfflineMeters meters) {
        this.settings = settings;
        this.meters = meters;
        voices = settings.voices().stream().map(kind -> voice(kind, settings, meters)).toList();
        used().forEach(Voice::prepare);
    }

    /// The voices that would speak now.
    private Set<Voice> used() {
        return VoiceKind.LANGUAGES.stream()
                .flatMap(language -> installed(new Language(language)).limit(1))
                .collect(Collectors.toSet());
    }

    private static Voice voice(VoiceKind kind, OfflineSettings settings, OfflineMeters meters) {
        return switch (kind) {
            case PICO, FLITE -> new WorkedVoice(kind, settings, meters.worker(kind));
            case ESPEAK_NG -> new EspeakVoice(settings);
        };
    }

    private Stream<Voice> speaking(Language language) {
        return voices.stream().filter(voice -> voice.kind().speaks(language));
    }

    private Stream<Voice> installed(Language language) {
        return speaking(language).filter(voice -> voice.missing().isEmpty());
    }

    /// Those that may speak now: the one that is asked for first, where it is there.
    private List<Voice> inOrder(Language language, Optional<AskedVoice> asked) {
        List<Voice> inOrder = new ArrayList<>(installed(language).toList());
        inOrder.sort(
                Comparator.comparing(
                        voice -> asked.filter(it -> it.kind() == voice.kind()).isEmpty()));
        return inOrder;
    }

    @Override
    public Optional<String> insteadOf(String voice, Language language) {
        List<VoiceKind> kinds = speaking(language).map(Voice::kind).toList();
        return AskedVoice.of(voice).filter(asked -> kinds.contains(asked.kind())).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "one of those of engines.offline.voices that speak %s: %s"
                                .formatted(language, AskedVoice.names(kinds.stream())));
    }

    @Override
    public String name() {
        return OfflineProvider.NAME;
    }

    @Override
    public Optional<String> unavailableReason() {
        boolean none = voices.stream().noneMatch(voice -> voice.missing().isEmpty());
        return none
                ? voices.stream().flatMap(voice -> voice.missing().stream()).findFirst()
                : Optional.ofNullable(failure);
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        List<Finding> findings = new ArrayList<>(new Installation(settings).voices());
        for (Voice voice : used()) {
            voice.trouble()
                    .map(trouble -> Finding.warning("engines.offline.voices", trouble))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    @Override
    public boolean speaks(Language language) {
        return speaking(language).findAny().isPresent();
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        if (!speaks(request.language())) {
            throw SpeechException.noVoice(request.language());
        }
        String text = clean(request.text());
        if (text.isBlank()) {
            return;
        }
        request.usage()
                .spoken(
                        OfflineProvider.NAME,
                        request.text().codePointCount(0, request.text().length()));
        Optional<AskedVoice> asked = request.voices().of(name()).flatMap(AskedVoice::of);
        SpeechException last = null;
        for (Voice voice : inOrder(request.language(), asked)) {
            Optional<String> variant =
                    asked.filter(it -> it.kind() == voice.kind()).flatMap(AskedVoice::variant);
            var sound = new Sound(out, meters.firstAudio(voice.kind()));
            try {
                voice.speak(text, request.language(), variant, sound);
                failure = null;
                return;
            } catch (SpeechException failed) {
                failure = failed.getMessage();
                if (sound.begun) {
                    throw failed;
                }
                LOG.atWarn()
                        .addKeyValue("voice", voice.kind())
                        .addKeyValue("reason", failed.getMessage())
                        .log("voice made no sound");
                last = failed;
            }
        }
        throw last != null ? last : notInstalled(request.language());
    }

    private SpeechException notInstalled(Language language) {
        return new SpeechException(
                Kind.UNREACHABLE,
                speaking(language)
                        .flatMap(voice -> voice.missing().stream())
                        .findFirst()
                        .orElse("a voice was installed just now"));
    }

    private static String clean(String text) {
        String words = INVISIBLE.matcher(text).replaceAll("");
        return INSTRUCTIONS.matcher(words).replaceAll(" ");
    }

    @Override
    public void close() {
        voices.forEach(Voice::close);
    }

    /// One voice's attempt at a phrase.
    private static final class Sound implements PcmSink {
        private final PcmSink out;
        private final Timer firstAudio;
        private final long startNanos = System.nanoTime();
        private boolean begun;

        Sound(PcmSink out, Timer firstAudio) {
            this.out = out;
            this.firstAudio = firstAudio;
        }

        @Override
        public void accept(short[] pcm) {
            if (!begun) {
                begun = true;
                firstAudio.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
            }
            out.accept(pcm);
        }
    }
}
