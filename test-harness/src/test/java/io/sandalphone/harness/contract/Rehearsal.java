package io.sandalphone.harness.contract;

import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.providers.Talker;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptionRequest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/// Five speakers before one engine that listens at the same time, each with a part of their own: one talks, with a gap
/// in what is received; a second talks meanwhile; one is silent while the voice detector believes
/// otherwise; one is hung up on within a word; one speaks a language nobody understands.
public final class Rehearsal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final int WAV_HEADER = 44;
    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es");

    /// What the one speaks whom nobody understands.
    static final Language NOBODYS = new Language("xx");

    /// Later than any call: 35 000 hours.
    private static final long FAR = 1_000_000_000_000L;

    private static final int LOST_FRAMES = 500;
    private static final int SILENT_FRAMES = 50;

    private final Candidate.Engines engines;
    private final RecordedUsage usage = new RecordedUsage();
    private final Speaker talker;
    private final Speaker second;
    private final Speaker silent;
    private final Speaker leaver;
    private final RehearsedListening foreigner;
    private final boolean takesForeigner;
    private final List<Talker> voices = new ArrayList<>();

    /// What begins once the engine listens: people speak no slower for a machine that is busy.
    private final List<Runnable> parts = new ArrayList<>();

    /// Something to say: its sound at 8 kHz, and its words.
    // Sound is megabytes of primitives; nobody compares it by value.
    @SuppressWarnings("ArrayRecordComponent")
    private record Phrase(short[] pcm, String words) {
        static List<Phrase> of(ProviderSetup.Words words) {
            return words == ProviderSetup.Words.SPEECH
                    ? List.of(
                            recorded("one-moment-please", "one moment please"),
                            recorded("vm-dialout", "please wait while i connect your call"))
                    : List.of(sung(ToneWord.W1, ToneWord.W2), sung(ToneWord.W3, ToneWord.W4));
        }

        private static Phrase sung(ToneWord... words) {
            return new Phrase(ToneSpeech.USUAL.render(words), ToneWord.text(List.of(words)));
        }

        private static Phrase recorded(String name, String words) {
            try {
                byte[] wav = Files.readAllBytes(FakedProviders.recording(name));
                short[] pcm = new short[(wav.length - WAV_HEADER) / 2];
                ByteBuffer.wrap(wav, WAV_HEADER, wav.length - WAV_HEADER)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asShortBuffer()
                        .get(pcm);
                return new Phrase(pcm, words);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// One of the speakers: the words of each of their phrases, and what was heard.
    record Speaker(List<String> phrases, RehearsedListening hearing) {
        @Override
        public String toString() {
            return "who says " + phrases + ", of whom was heard " + hearing.told();
        }
    }

    /// An engine that listens: whether it takes what nobody speaks, and how it is opened.
    private record Ears(
            boolean takesNobodys, Function<TranscriptionRequest, RehearsedListening> opening) {
        static Ears of(Transcriber transcriber) {
            return new Ears(
                    transcriber.understands(NOBODYS),
                    request -> RehearsedListening.through(transcriber, request));
        }

        static Ears of(DirectInterpreter interpreter) {
            return new Ears(
                    interpreter.interprets(NOBODYS, SPANISH),
                    request -> RehearsedListening.through(interpreter, request));
        }
    }

    /// Opens it before the candidate's transcriber; returns at once.
    public static Rehearsal ofTranscriber(Candidate candidate) {
        return new Rehearsal(candidate, engines -> Ears.of(engines.transcriber()));
    }

    /// Opens it before the candidate's direct interpreter; returns at once.
    public static Rehearsal ofInterpreter(Candidate candidate) {
        return new Rehearsal(candidate, engines -> Ears.of(engines.direct()));
    }

    private Rehearsal(Candidate candidate, Function<Candidate.Engines, Ears> listening) {
        engines = candidate.make();
        Ears ears = listening.apply(engines);
        takesForeigner = ears.takesNobodys();
        List<Phrase> phrases = Phrase.of(candidate.leader().words());
        Phrase one = phrases.getFirst();
        Phrase two = phrases.getLast();
        talker = speaker(ears, ENGLISH, one, two, one);
        parts.add(
                () -> {
                    Talker voice = voice(talker, FAR, one);
                    voice.vanish(LOST_FRAMES);
                    voice.say(two.pcm());
                    voice.say(one.pcm());
                });
        second = speaker(ears, ENGLISH, two, one);
        parts.add(() -> voice(second, 0, two, one));
        leaver = speaker(ears, ENGLISH);
        leaver.hearing().leaveWithTheFirstUtterance();
        parts.add(() -> voice(leaver, 160, one));
        foreigner = speaker(ears, NOBODYS).hearing();
        silent = new Speaker(List.of(""), speaker(ears, ENGLISH).hearing());
        parts.add(
                () -> {
                    silent.hearing().utteranceStarted(0);
                    long position = 0;
                    for (int i = 0; i < SILENT_FRAMES; i++) {
                        silent.hearing()
                                .hear(
                                        new AudioFrame(
                                                new short[FRAME],
                                                AudioFrame.TELEPHONE_RATE,
                                                position));
                        position += FRAME;
                    }
                    silent.hearing().utteranceEnded(position);
                    voice(silent, position);
                });
    }

    private Speaker speaker(Ears ears, Language language, Phrase... phrases) {
        return new Speaker(
                Stream.of(phrases).map(Phrase::words).toList(),
                ears.opening()
                        .apply(
                                new TranscriptionRequest(
                                        language, SPANISH, List.of("Acme"), usage)));
    }

    private Talker voice(Speaker speaker, long position, Phrase... phrases) {
        var voice = new Talker(speaker.hearing(), position);
        voices.add(voice);
        for (Phrase phrase : phrases) {
            voice.say(phrase.pcm());
        }
        return voice;
    }

    /// Lets everybody begin who is to be listened to, once they are.
    public void begin() {
        Stream.of(talker, second, silent, leaver)
                .map(Speaker::hearing)
                .forEach(
                        hearing ->
                                await(
                                        "an engine that listens",
                                        () -> hearing.told().contains(RehearsedListening.READY)));
        parts.forEach(Runnable::run);
        parts.clear();
    }

    /// Plays all parts to their end, and closes the engines.
    public void play() {
        begin();
        await("one who is hung up on", () -> !leaver.hearing().starts().isEmpty());
        for (Speaker each : List.of(talker, second, silent)) {
            await(
                    each + " to be answered",
                    () -> each.hearing().answers().size() >= each.phrases().size());
        }
        await("a refusal", foreigner::failed);
        voices.forEach(Talker::close);
        Stream.of(talker, second, silent).map(Speaker::hearing).forEach(RehearsedListening::close);
        close();
    }

    private static void await(String what, BooleanSupplier reached) {
        Poll.until(PATIENCE, reached, what);
    }

    Speaker talker() {
        return talker;
    }

    Speaker second() {
        return second;
    }

    Speaker silent() {
        return silent;
    }

    Speaker leaver() {
        return leaver;
    }

    RehearsedListening foreigner() {
        return foreigner;
    }

    /// Whether the engine says of itself that it can do with the foreigner.
    boolean takesForeigner() {
        return takesForeigner;
    }

    RecordedUsage usage() {
        return usage;
    }

    /// For how long at least somebody spoke, in milliseconds.
    long leastMillis() {
        long samples = 0;
        for (int i = 0; i < talker.hearing().ends().size(); i++) {
            samples += talker.hearing().ends().get(i) - talker.hearing().starts().get(i);
        }
        return samples / 8;
    }

    @Override
    public void close() {
        voices.forEach(Talker::close);
        engines.close();
    }
}
