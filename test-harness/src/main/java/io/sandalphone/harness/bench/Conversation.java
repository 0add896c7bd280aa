package io.sandalphone.harness.bench;

import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Two phones of one call that both talk half of the time: an utterance of four tone words, nearly as
/// much silence, and again. So half of the time each of them who is spoken to also hears a translation.
///
/// In between there is the quietest noise that mu-law has, as of a microphone at which nobody speaks:
/// of a phone that sends digital silence the controller asks Asterisk once a second whether it is mute.
final class Conversation {
    private static final ToneSpeech VOICE = ToneSpeech.USUAL;
    private static final List<ToneWord> CALLERS =
            List.of(ToneWord.W2, ToneWord.W3, ToneWord.W6, ToneWord.W7);
    private static final List<ToneWord> DESTINATIONS = List.of(ToneWord.V1, ToneWord.V8);
    private static final int WORDS = 4;

    /// The silence, in the time that so many words would take.
    private static final int PAUSE_WORDS = 3;

    private static final int FRAME = 160;
    private static final int FRAME_MILLIS = 20;

    /// Of 32768; next to zero in mu-law.
    private static final int QUIETEST = 8;

    /// How long an utterance and the silence after it last.
    static final Duration TURN = VOICE.lasting(WORDS + PAUSE_WORDS);

    private final Talker caller;
    private final Talker destination;
    private final boolean relay;
    private List<Utterance> saidByCaller = List.of();
    private List<Utterance> saidByDestination = List.of();

    /// What was said in one go; `frame` is its first 20 ms, counted from when the phone began to say
    /// anything.
    record Utterance(int frame, List<ToneWord> words) {
        Utterance {
            words = List.copyOf(words);
        }
    }

    /// With `relay` both are interpreted, else the caller alone.
    Conversation(Talker caller, Talker destination, boolean relay) {
        this.caller = caller;
        this.destination = destination;
        this.relay = relay;
    }

    /// Has both say `turns` utterances, in words of their own: a tone is like itself whoever says it, so
    /// who says what is just then voiced to them is taken for an echo. What is compared has 4 kHz: 2150 Hz
    /// is like 1850 Hz there, so such pairs are one party's. `number` of `total` such conversations spread evenly over a
    /// turn, and begin with different words.
    void talk(int number, int total, int turns) {
        saidByCaller = say(caller, CALLERS, 2 * number, 2 * total, turns);
        saidByDestination = say(destination, DESTINATIONS, 2 * number + 1, 2 * total, turns);
    }

    /// Has `phone` say to itself what a caller says.
    static List<Utterance> sayAlone(Talker phone, int number, int total, int turns) {
        return say(phone, CALLERS, number, total, turns);
    }

    private static List<Utterance> say(
            Talker phone, List<ToneWord> vocabulary, int number, int total, int turns) {
        // Whole frames, so that each of them is all silence or all speech.
        int frames = (int) (TURN.toMillis() / FRAME_MILLIS) * number / total;
        phone.say(pause(frames));
        List<Utterance> said = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            List<ToneWord> words = new ArrayList<>();
            for (int i = 0; i < WORDS; i++) {
                words.add(vocabulary.get((number + turn + i) % vocabulary.size()));
            }
            short[] voice = VOICE.render(words);
            short[] pause = pause((int) VOICE.lasting(PAUSE_WORDS).toMillis() / FRAME_MILLIS);
            phone.say(voice);
            phone.say(pause);
            said.add(new Utterance(frames, words));
            frames += (voice.length + pause.length) / FRAME;
        }
        return List.copyOf(said);
    }

    private static short[] pause(int frames) {
        short[] pcm = new short[frames * FRAME];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (i % 2 == 0 ? QUIETEST : -QUIETEST);
        }
        return pcm;
    }

    List<Utterance> saidByCaller() {
        return saidByCaller;
    }

    List<Utterance> saidByDestination() {
        return saidByDestination;
    }

    boolean isUp() {
        return caller.isUp() && destination.isUp();
    }

    /// How many words were said to be translated.
    int said() {
        return words(saidByCaller).size() + (relay ? words(saidByDestination).size() : 0);
    }

    private static List<ToneWord> words(List<Utterance> utterances) {
        return utterances.stream().flatMap(each -> each.words().stream()).toList();
    }

    /// How many of the translated words each hears are those that the other said, in order.
    int heard() {
        return matching(words(saidByCaller), destination)
                + (relay ? matching(words(saidByDestination), caller) : 0);
    }

    /// The length of the longest common subsequence of what should be heard and what was.
    private static int matching(List<ToneWord> said, Talker listener) {
        List<ToneWord> expected = said.stream().map(ToneWord::translated).toList();
        List<ToneWord> heard =
                ToneDetector.listen(listener.heard()).words().stream()
                        .filter(word -> word.language().equals(expected.getFirst().language()))
                        .toList();
        int[] row = new int[heard.size() + 1];
        for (ToneWord word : expected) {
            int diagonal = 0;
            for (int i = 1; i < row.length; i++) {
                int above = row[i];
                row[i] = word == heard.get(i - 1) ? diagonal + 1 : Math.max(above, row[i - 1]);
                diagonal = above;
            }
        }
        return row[heard.size()];
    }
}
