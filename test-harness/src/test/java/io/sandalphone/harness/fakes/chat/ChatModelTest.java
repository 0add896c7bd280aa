package io.sandalphone.harness.fakes.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.harness.latency.Delay;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// The arithmetic and the scripts of a model, without a server.
class ChatModelTest {
    private static ChatRequest said(String... messages) {
        List<ChatMessage> all =
                IntStream.range(0, messages.length)
                        .mapToObj(
                                at ->
                                        ChatMessage.of(
                                                at % 2 == 0 ? "user" : "assistant", messages[at]))
                        .toList();
        return new ChatRequest(
                "m", all, List.of(), true, OptionalInt.empty(), Map.of(), new JsonObject());
    }

    @Test
    void tokens_put_together_are_the_text() {
        assertEquals(
                List.of("¿", "Qué", " más", "?", " Otorrino", "laringól", "ogo", "\n-", " 😀", " "),
                Tokens.of("¿Qué más? Otorrinolaringólogo\n- 😀 "));
    }

    @Test
    void the_modelled_model_is_as_fast_as_it_is_meant_to_be() {
        var chance = new SplittableRandom(7);
        double[] millis =
                DoubleStream.generate(() -> ChatPace.MODELLED.drawFirst(chance).toMillis())
                        .limit(10_000)
                        .sorted()
                        .toArray();
        assertEquals(200, millis[5000], 5);
        assertEquals(450, millis[9500], 15);
        assertEquals(Duration.ofSeconds(1), ChatPace.MODELLED.lasting(60));
        assertEquals(Duration.ZERO, ChatPace.INSTANT.lasting(1000));
        assertThrows(IllegalArgumentException.class, () -> new ChatPace(new Delay(5, 4), 1));
        assertThrows(IllegalArgumentException.class, () -> new ChatPace(new Delay(5, 5), 0));
    }

    @Test
    void rules_go_by_the_last_words_whatever_their_accents_and_capitals() {
        ChatScript script =
                ChatScript.otherwise(ChatReply.says("what?"))
                        .when("qué hora", ChatReply.says("ten"))
                        .when("hours", ChatReply.says("nine to five"));
        assertEquals("ten", script.reply(said("¿A QUE  hora, por favor?")).text());
        assertEquals("nine to five", script.reply(said("qué hora", "ten", "Hours?")).text());
        assertEquals("what?", script.reply(said("two hourss")).text());
    }

    @Test
    void a_script_without_replies_is_a_mistake() {
        assertThrows(IllegalArgumentException.class, ChatScript::inOrder);
    }
}
