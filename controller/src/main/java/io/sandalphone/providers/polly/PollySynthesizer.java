package io.sandalphone.providers.polly;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.TimeMeter;
import io.sandalphone.config.Finding;
import io.sandalphone.media.codec.SampleCoding;
import io.sandalphone.providers.polly.PhraseCache.Phrase;
import io.sandalphone.providers.polly.PollySettings.Overflow;
import io.sandalphone.speech.AheadConnection;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Usage;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.services.polly.PollyAsyncClient;
import software.amazon.awssdk.services.polly.model.SynthesizeSpeechRequest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Speaks with Amazon Polly, handing audio over as it comes.
///
/// What fails before its first audio is tried once more if that may help; what fails later is
/// reported, since nobody wants to hear a sentence begin twice. Text of more than one request is
/// spoken piece by piece, and this holds for each piece.
public final class PollySynthesizer implements Synthesizer {
    /// How long to stay away from an engine that says it has too much to do: from this to twice it.
    private static final int PAUSE_MILLIS = 200;

    /// The SDK closes a connection that was idle for a minute.
    private static final Duration KEPT = Duration.ofSeconds(55);

    private final PollySettings settings;
    private final PollyMeters meters;
    private final SdkEventLoopGroup loops = PollyClient.loops();
    private final PollyAsyncClient client;
    private final Voices voices;
    private final PollyCheck check;
    private final AheadConnection connection;
    private final Markup markup;
    private final RequestBudget budget;
    private final PhraseCache cache;
    private volatile @Nullable String unavailableReason;

    /// Connects to nothing before there is something to say.
    public PollySynthesizer(PollySettings settings, PollyMeters meters) {
        this.settings = settings;
        this.meters = meters;
        client = PollyClient.of(settings, loops, meters);
        voices = new Voices(settings.voices(), settings.engine());
        check = new PollyCheck(settings, client, voices);
        connection = new AheadConnection(KEPT, check::reach);
        markup = new Markup(settings.ratePercent());
        budget =
                new RequestBudget(
                        settings.quotas(),
                        settings.deadlines().queue(),
                        settings.overflow() == Overflow.STANDARD,
                        TimeMeter.SYSTEM_NANOTIME,
                        BlockingStrategy.PARKING);
        cache = new PhraseCache(settings.cache().bytes(), settings.cache().maxCharacters());
    }

    @Override
    public String name() {
        return PollyProvider.NAME;
    }

    @Override
    public Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    @Override
    public void prepare() {
        connection.prepare();
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        return check.findings();
    }

    @Override
    public boolean speaks(Language language) {
        return voices.of(language).isPresent();
    }

    @Override
    public Optional<String> insteadOf(String voice, Language language) {
        return voice.matches(Voices.NAME)
                        && PollySettings.suits(
                                voice, language, settings.engine(), settings.overflow())
                ? Optional.empty()
                : Optional.of(Voices.expected(language, settings.engine(), settings.overflow()));
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        String usual =
                voices.of(request.language())
                        .orElseThrow(() -> SpeechException.noVoice(request.language()));
        String voice = request.voices().of(name()).orElse(usual);
        for (String piece : markup.pieces(request.text())) {
            speak(piece, voice, request.usage(), out);
        }
    }

    private void speak(String text, String voice, Usage usage, PcmSink out)
            throws SpeechException, InterruptedException {
        Optional<byte[]> known = lookUp(phrase(text, voice, settings.engine()));
        if (known.isPresent()) {
            out.accept(settings.format().decoder().decode(ByteBuffer.wrap(known.get())));
            return;
        }
        PollyEngine engine = admit(settings.engine());
        var first = new Attempt(phrase(text, voice, engine), usage, out);
        try {
            first.run();
        } catch (SpeechException failure) {
            if (first.heard || !isWorthRepeating(failure.kind())) {
                throw failed(first, failure);
            }
            var second = new Attempt(phrase(text, voice, engineAfter(engine, failure)), usage, out);
            meters.retries().increment();
            try {
                second.run();
            } catch (SpeechException again) {
                throw failed(second, again);
            }
        }
        unavailableReason = null;
        connection.used();
    }

    private Phrase phrase(String text, String voice, PollyEngine engine) {
        return new Phrase(text, voice, engine, settings.ratePercent());
    }

    private Optional<byte[]> lookUp(Phrase phrase) {
        if (!cache.takes(phrase)) {
            return Optional.empty();
        }
        Optional<byte[]> known = cache.find(phrase);
        (known.isPresent() ? meters.cacheHits() : meters.cacheMisses()).increment();
        return known;
    }

    /// Waiting again where one has waited in vain helps nobody; what is wrong stays wrong.
    private static boolean isWorthRepeating(Kind kind) {
        return switch (kind) {
            case OVERLOADED, PROVIDER_FAULT, UNREACHABLE -> true;
            case TIMEOUT, QUOTA, CREDENTIALS, REQUEST -> false;
        };
    }

    /// The engine for a second attempt, when it may be made.
    private PollyEngine engineAfter(PollyEngine engine, SpeechException failure)
            throws SpeechException, InterruptedException {
        Optional<PollyEngine> other =
                failure.kind() == Kind.OVERLOADED ? budget.insteadOf(engine) : Optional.empty();
        if (failure.kind() == Kind.OVERLOADED && other.isEmpty()) {
            Thread.sleep(
                    Duration.ofMillis(
                            PAUSE_MILLIS + ThreadLocalRandom.current().nextInt(PAUSE_MILLIS)));
        }
        return admit(other.orElse(engine));
    }

    private PollyEngine admit(PollyEngine engine) throws SpeechException, InterruptedException {
        long start = System.nanoTime();
        Optional<PollyEngine> admitted = budget.admit(engine);
        meters.queueWait().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        if (admitted.isEmpty()) {
            meters.queueTimeouts().increment();
            throw new SpeechException(
                    Kind.OVERLOADED, "no room for another request to Polly's " + engine.id());
        }
        if (admitted.get() != settings.engine()) {
            meters.overflowed().increment();
        }
        return admitted.get();
    }

    private SpeechException failed(Attempt attempt, SpeechException failure) {
        (attempt.heard ? meters.failedLate() : meters.failedEarly()).increment();
        if (failure.kind() != Kind.OVERLOADED) {
            unavailableReason = failure.getMessage();
        }
        return failure;
    }

    @Override
    public void close() {
        client.close();
        // By itself the client would wait two seconds for more to do.
        var _ = loops.eventLoopGroup().shutdownGracefully(100, 2000, TimeUnit.MILLISECONDS);
    }

    /// One request, and what became of it.
    private final class Attempt {
        private final Phrase phrase;
        private final Usage usage;
        private final PcmSink out;
        private final SampleCoding.Decoder decoder = settings.format().decoder();
        private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        private boolean heard;

        Attempt(Phrase phrase, Usage usage, PcmSink out) {
            this.phrase = phrase;
            this.usage = usage;
            this.out = out;
        }

        void run() throws SpeechException, InterruptedException {
            // The client would take the interrupt for a failure of its own.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            meters.requests(phrase.engine().id()).increment();
            var audio = new AudioStream(client, request());
            try (audio) {
                listen(audio);
            } catch (SpeechException failure) {
                if (failure.kind() == Kind.OVERLOADED) {
                    meters.throttled().increment();
                }
                throw failure;
            } finally {
                if (!audio.ended()) {
                    meters.cancelled().increment();
                }
            }
            if (cache.takes(phrase)) {
                cache.keep(phrase, whole.toByteArray());
                meters.cacheBytes().set(cache.bytes());
            }
        }

        private void listen(AudioStream audio) throws SpeechException, InterruptedException {
            long start = System.nanoTime();
            long deadline = start + settings.deadlines().firstAudio().toNanos();
            audio.awaitAnswer(until(deadline));
            usage.spoken(
                    phrase.engine().tariff(),
                    audio.billed().orElseGet(() -> Markup.billed(phrase.text())));
            Optional<ByteBuffer> bytes = audio.next(until(deadline));
            if (bytes.isEmpty()) {
                throw new SpeechException(Kind.PROVIDER_FAULT, "Polly said nothing");
            }
            meters.firstAudio().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            while (bytes.isPresent()) {
                handOver(bytes.get());
                bytes = audio.next(settings.deadlines().nextAudio());
            }
            meters.bytesDropped().increment(decoder.rest());
        }

        private void handOver(ByteBuffer bytes) {
            if (cache.takes(phrase)) {
                var copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                whole.writeBytes(copy);
            }
            short[] pcm = decoder.decode(bytes);
            if (pcm.length > 0) {
                heard = true;
                out.accept(pcm);
            }
        }

        private static Duration until(long deadline) {
            return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        }

        private SynthesizeSpeechRequest request() {
            return SynthesizeSpeechRequest.builder()
                    .engine(phrase.engine().id())
                    .voiceId(phrase.voice())
                    .outputFormat(settings.format().wire())
                    .sampleRate("8000")
                    .textType(markup.type())
                    .text(markup.render(phrase.text()))
                    .build();
        }
    }
}
