package io.sandalphone.harness.fakes.assemblyai;

import io.sandalphone.harness.measure.Bursts;
import io.sandalphone.harness.measure.Span;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.media.AudioFrame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A recording of one voice whose words are known, and when each of them is said: reckoned from their letters over the time in
/// which there is sound, so within the recording to a tenth of a second or two, at its beginning and end to 5 ms.
///
/// In a folder it is two files of one name: a `.wav`, 8 kHz, and a `.txt` whose first line is the language (`en`, `es`) and whose
/// second one is the words.
///
/// @param words times from the first sample of `pcm` on
// An array, because sound is megabytes of primitives; nobody compares recordings by value.
@SuppressWarnings("ArrayRecordComponent")
public record KnownRecording(short[] pcm, List<HeardWord> words) {
    private static final int PER_MILLI = AudioFrame.TELEPHONE_RATE / 1000;

    public KnownRecording {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a recording without words");
        }
    }

    /// That of `text`, words between single spaces, in `language`.
    public static KnownRecording of(short[] pcm, String language, String text) {
        List<Span> bursts = Bursts.of(pcm);
        if (bursts.isEmpty()) {
            throw new IllegalArgumentException("nothing is said in the recording of: " + text);
        }
        List<String> words = List.of(text.strip().split(" +", -1));
        double letters = words.stream().mapToInt(KnownRecording::weight).sum();
        List<HeardWord> heard = new ArrayList<>();
        int before = 0;
        for (String word : words) {
            long start = at(bursts, before / letters);
            before += weight(word);
            heard.add(
                    new HeardWord(
                            word, language, start, Math.max(start, at(bursts, before / letters))));
        }
        return new KnownRecording(pcm, heard);
    }

    /// The space behind a word counts, too: short words are not that much shorter.
    private static int weight(String word) {
        return word.length() + 1;
    }

    /// The millisecond by which so much of the sound has been heard.
    private static long at(List<Span> bursts, double share) {
        long all = bursts.stream().mapToLong(Span::length).sum();
        long left = Math.round(all * share);
        for (Span burst : bursts) {
            long length = burst.length();
            if (left <= length) {
                return (burst.start() + left) / PER_MILLI;
            }
            left -= length;
        }
        return bursts.getLast().end() / PER_MILLI;
    }

    /// Writes it into `folder`.
    public void write(Path folder, String name) throws IOException {
        new Wav(pcm, AudioFrame.TELEPHONE_RATE).write(folder.resolve(name + ".wav"));
        String text = String.join(" ", words.stream().map(HeardWord::text).toList());
        Files.writeString(
                folder.resolve(name + ".txt"), words.getFirst().language() + "\n" + text + "\n");
    }

    /// Those of `folder`.
    public static List<KnownRecording> in(Path folder) throws IOException {
        List<Path> texts;
        try (Stream<Path> files = Files.list(folder)) {
            texts = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
        List<KnownRecording> recordings = new ArrayList<>();
        for (Path text : texts) {
            List<String> lines = Files.readAllLines(text);
            if (lines.size() < 2) {
                throw new IOException(text + ": a language and words were expected");
            }
            String name = text.getFileName().toString().replaceFirst("\\.txt$", ".wav");
            recordings.add(
                    of(Wav.read(text.resolveSibling(name)).pcm(), lines.get(0), lines.get(1)));
        }
        return recordings;
    }
}
