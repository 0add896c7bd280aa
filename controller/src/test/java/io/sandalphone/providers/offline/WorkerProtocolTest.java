package io.sandalphone.providers.offline;

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

class WorkerProtocolTest {
    private static DataInputStream input(ByteArrayOutputStream bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void orders_arrive_as_given() throws Exception {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        new WorkerOrder.Hear(7, new short[] {1, -2, Short.MIN_VALUE}).write(out);
        new WorkerOrder.End(7).write(out);
        new WorkerOrder.Forget(8).write(out);
        var in = input(bytes);
        var sound = assertInstanceOf(WorkerOrder.Hear.class, WorkerOrder.read(in));
        assertEquals(7, sound.speaker());
        assertArrayEquals(new short[] {1, -2, Short.MIN_VALUE}, sound.pcm());
        assertEquals(new WorkerOrder.End(7), WorkerOrder.read(in));
        assertEquals(new WorkerOrder.Forget(8), WorkerOrder.read(in));
    }

    static List<WorkerAnswer> answers() {
        return List.of(
                new WorkerAnswer.Ready("5.x"),
                new WorkerAnswer.Broken("no model"),
                new WorkerAnswer.Partial(3, "buenos días", 160),
                new WorkerAnswer.Final(3, "", 8000, 1L << 40),
                new WorkerAnswer.Dropped(3));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answers_arrive_as_given(WorkerAnswer answer) throws Exception {
        var bytes = new ByteArrayOutputStream();
        answer.write(new DataOutputStream(bytes));
        assertEquals(answer, WorkerAnswer.read(input(bytes)));
    }

    @Test
    void what_is_no_order_ends_the_reading() throws Exception {
        var bytes = new ByteArrayOutputStream();
        new DataOutputStream(bytes).writeBytes("hello, this is no order");
        assertThrows(IOException.class, () -> WorkerOrder.read(input(bytes)));
    }
}
