package io.sandalphone.harness.bench;

import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.PhoneMedia;
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
    private static final int WORDS = 4;

    /// The silence, in the time that so many words would take.
    private static final int PAUSE_WORDS = 3;

    private static final int SAMPLES_PER_MILLI = 8;

    /// Of 32768; next to zero in mu-law.
    private static final int QUIETEST = 8;

    /// How long an utterance and the silence after it last.
    static final Duration TURN = VOICE.lasting(WORDS + PAUSE_WORDS);

    private final PhoneCall caller;
    private final PhoneCall destination;
    private final boolean relay;
    private List<ToneWord> saidByCaller = List.of();
    private List<ToneWord> saidByDestination = List.of();

    /// With `relay` both are interpreted, else the caller alone.
    Conversation(PhoneCall caller, PhoneCall destination, boolean relay) {
        this.caller = caller;
        this.destination = destination;
        this.relay = relay;
    }

    /// Has both say `turns` utterances, in words of their own: a tone is like itself whoever says it, so
    /// who says what is just then voiced to them is taken for an echo. What is compared has 4 kHz: 2150 Hz
    /// is like 1850 Hz there, so such pairs are one party's. `number` of `total` such conversations spread evenly over a
    /// turn, and begin with different words.
    void talk(int number, int total, int turns) {
        saidByCaller =
                say(
                        caller.media(),
                        List.of(ToneWord.W2, ToneWord.W3, ToneWord.W6, ToneWord.W7),
                        2 * number,
                        2 * total,
                        turns);
        saidByDestination =
                say(
                        destination.media(),
                        List.of(ToneWord.V1, ToneWord.V8),
                        2 * number + 1,
                        2 * total,
                        turns);
    }

    private static List<ToneWord> say(
            PhoneMedia phone, List<ToneWord> vocabulary, int number, int total, int turns) {
        phone.say(pause(TURN.multipliedBy(number).dividedBy(total)));
        List<ToneWord> said = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            List<ToneWord> utterance = new ArrayList<>();
            for (int i = 0; i < WORDS; i++) {
                utterance.add(vocabulary.get((number + turn + i) % vocabulary.size()));
            }
            phone.say(VOICE.render(utterance));
            phone.say(pause(VOICE.lasting(PAUSE_WORDS)));
            said.addAll(utterance);
        }
        return List.copyOf(said);
    }

    private static short[] pause(Duration length) {
        short[] pcm = new short[(int) length.toMillis() * SAMPLES_PER_MILLI];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (i % 2 == 0 ? QUIETEST : -QUIETEST);
        }
        return pcm;
    }

    PhoneCall caller() {
        return caller;
    }

    PhoneCall destination() {
        return destination;
    }

    boolean isUp() {
        return caller.isUp() && destination.isUp();
    }

    /// How many words were said to be translated.
    int said() {
        return saidByCaller.size() + (relay ? saidByDestination.size() : 0);
    }

    /// How many of the translated words each hears are those that the other said, in order.
    int heard() {
        return matching(saidByCaller, destination.media())
                + (relay ? matching(saidByDestination, caller.media()) : 0);
    }

    /// The length of the longest common subsequence of what should be heard and what was.
    private static int matching(List<ToneWord> said, PhoneMedia listener) {
        List<ToneWord> expected = said.stream().map(ToneWord::translated).toList();
        List<ToneWord> heard =
                ToneDetector.listen(listener.received().heardByTimestamp().pcm()).words().stream()
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
