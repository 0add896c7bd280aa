package io.sandalphone.speech.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

class VoiceProtocolTest {
    private static DataInputStream input(ByteArrayOutputStream bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }

    static List<VoiceRequest> requests() {
        return List.of(
                new VoiceRequest.Speak(7, "es", "¿Qué tal? 😀\u0000"),
                new VoiceRequest.Cancel(Integer.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requests_arrive_as_given(VoiceRequest request) throws Exception {
        var bytes = new ByteArrayOutputStream();
        request.write(new DataOutputStream(bytes));
        assertEquals(request, VoiceRequest.read(input(bytes)));
    }

    static List<VoiceResponse> answers() {
        return List.of(
                new VoiceResponse.Ready("SVOX Pico"),
                new VoiceResponse.Broken("no voice"),
                new VoiceResponse.Done(3),
                new VoiceResponse.Failed(3, "it cannot"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answers_arrive_as_given(VoiceResponse answer) throws Exception {
        var bytes = new ByteArrayOutputStream();
        answer.write(new DataOutputStream(bytes));
        assertEquals(answer, VoiceResponse.read(input(bytes)));
    }

    @Test
    void sound_arrives_as_given() throws Exception {
        var bytes = new ByteArrayOutputStream();
        new VoiceResponse.Sound(3, new short[] {1, -2, Short.MIN_VALUE})
                .write(new DataOutputStream(bytes));
        var sound = assertInstanceOf(VoiceResponse.Sound.class, VoiceResponse.read(input(bytes)));
        assertEquals(3, sound.phrase());
        assertArrayEquals(new short[] {1, -2, Short.MIN_VALUE}, sound.pcm());
    }

    @Test
    void what_is_no_answer_ends_the_reading() throws Exception {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte('s');
        out.writeInt(3);
        out.writeInt(Integer.MAX_VALUE);
        assertThrows(IOException.class, () -> VoiceResponse.read(input(bytes)));
    }
}
