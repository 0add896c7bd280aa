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
import java.util.OptionalDouble;

class WorkerProtocolTest {
    private static DataInputStream input(ByteArrayOutputStream bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void orders_arrive_as_given() throws Exception {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        new WorkerRequest.Begin(7, "es").write(out);
        new WorkerRequest.Hear(7, new short[] {1, -2, Short.MIN_VALUE}).write(out);
        new WorkerRequest.Pause(7, 3000).write(out);
        new WorkerRequest.End(7, 4000).write(out);
        new WorkerRequest.Forget(8).write(out);
        var in = input(bytes);
        assertEquals(new WorkerRequest.Begin(7, "es"), WorkerRequest.read(in));
        var sound = assertInstanceOf(WorkerRequest.Hear.class, WorkerRequest.read(in));
        assertEquals(7, sound.speaker());
        assertArrayEquals(new short[] {1, -2, Short.MIN_VALUE}, sound.pcm());
        assertEquals(new WorkerRequest.Pause(7, 3000), WorkerRequest.read(in));
        assertEquals(new WorkerRequest.End(7, 4000), WorkerRequest.read(in));
        assertEquals(new WorkerRequest.Forget(8), WorkerRequest.read(in));
    }

    static List<WorkerResponse> answers() {
        return List.of(
                new WorkerResponse.Ready("5.x", 1L << 40),
                new WorkerResponse.Broken("no model"),
                new WorkerResponse.Partial(3, "buenos", "días", 160),
                new WorkerResponse.Attempted(1L << 40, true),
                new WorkerResponse.Working(),
                new WorkerResponse.Final(3, "", 8000, 1L << 40),
                new WorkerResponse.Final(
                        3,
                        "sí",
                        8000,
                        1,
                        "repetition",
                        OptionalDouble.of(0.75),
                        new WorkerResponse.Before(9, 2, true)),
                new WorkerResponse.Dropped(3, "too much waits"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answers_arrive_as_given(WorkerResponse answer) throws Exception {
        var bytes = new ByteArrayOutputStream();
        answer.write(new DataOutputStream(bytes));
        assertEquals(answer, WorkerResponse.read(input(bytes)));
    }

    @Test
    void what_is_no_order_ends_the_reading() throws Exception {
        var bytes = new ByteArrayOutputStream();
        new DataOutputStream(bytes).writeBytes("hello, this is no order");
        assertThrows(IOException.class, () -> WorkerRequest.read(input(bytes)));
    }
}
