package io.sandalphone.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sandalphone.agent.StockSentences.Kind;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.VoiceChoice;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

class StockSentencesTest {
    private final StockSentences stock = new StockSentences();
    private final Conversed.Voice voice = new Conversed.Voice();

    private static AgentSettings speaking(String name) {
        return new AgentBuilder().voices(new VoiceChoice(Optional.of(name), Map.of())).settings();
    }

    @Test
    void each_voice_says_them_once_and_is_not_heard_for_another() throws Exception {
        stock.prepare(voice, speaking("nova"), Usage.UNMETERED);
        int once = voice.said.size();
        assertNull(stock.sound(Kind.SORRY, voice, speaking("onyx")));
        stock.prepare(voice, speaking("onyx"), Usage.UNMETERED);
        assertEquals(2 * once, voice.said.size());
        assertNotSame(
                stock.sound(Kind.SORRY, voice, speaking("nova")),
                stock.sound(Kind.SORRY, voice, speaking("onyx")));
        short[] known = stock.sound(Kind.SORRY, voice, speaking("nova"));
        stock.prepare(voice, speaking("nova"), Usage.UNMETERED);
        assertSame(known, stock.sound(Kind.SORRY, voice, speaking("nova")));
    }
}
