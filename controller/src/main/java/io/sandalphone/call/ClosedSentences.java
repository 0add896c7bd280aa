package io.sandalphone.call;

import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.CostMeter;
import io.sandalphone.routing.ClosedSentence;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The sound of what callers hear outside hours. It is voiced before somebody calls, since nobody is to wait for it, and kept;
/// the day pays for it. Thread-safe.
final class ClosedSentences {
    private static final Logger log = LoggerFactory.getLogger(ClosedSentences.class);

    private final Synthesizer voice;
    private final Accounting accounting;
    private final Map<ClosedSentence, Notice> sounds = new ConcurrentHashMap<>();
    private final Set<ClosedSentence> underWay = ConcurrentHashMap.newKeySet();

    ClosedSentences(Synthesizer voice, Accounting accounting) {
        this.voice = voice;
        this.accounting = accounting;
    }

    /// The sound of `sentence`. Nothing while it is not voiced; then it is, for the next one who calls.
    Optional<Notice> sound(ClosedSentence sentence) {
        Optional<Notice> known = Optional.ofNullable(sounds.get(sentence));
        if (known.isEmpty()) {
            prepare(sentence);
        }
        return known;
    }

    /// Has all of them voiced that are not, forgets all others, and returns at once.
    void prepare(Collection<ClosedSentence> sentences) {
        sounds.keySet().retainAll(sentences);
        sentences.forEach(this::prepare);
    }

    private void prepare(ClosedSentence sentence) {
        if (!sounds.containsKey(sentence) && underWay.add(sentence)) {
            Thread.ofVirtual().name("closed-sentence").start(() -> voice(sentence));
        }
    }

    private void voice(ClosedSentence sentence) {
        try (CostMeter costs = accounting.meter(() -> {})) {
            if (!costs.mayTranslate()) {
                log.warn("what is said outside hours is not voiced, the day has cost what it may");
                return;
            }
            short[] sound =
                    voice.whole(
                            new SynthesisRequest(
                                    sentence.text(),
                                    sentence.language(),
                                    sentence.voices(),
                                    costs,
                                    false));
            if (sound.length == 0) {
                throw new SpeechException(
                        SpeechException.Kind.PROVIDER_FAULT, "a sentence without a sound");
            }
            sounds.put(sentence, new Notice(sound));
        } catch (SpeechException failure) {
            log.atWarn().setCause(failure).log("what is said outside hours could not be voiced");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.remove(sentence);
        }
    }
}
