package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What every [io.sandalphone.speech.Transcriber] does, judged by a [Rehearsal].
public abstract class TranscriberContract extends ListeningContract {
    protected TranscriberContract(Candidate candidate) {
        super(candidate);
    }

    @Test
    void who_is_hung_up_on_is_answered_no_more() {
        Rehearsal.Speaker leaver = rehearsal().leaver();
        assertEquals(List.of(), leaver.hearing().answers(), leaver::toString);
    }
}
