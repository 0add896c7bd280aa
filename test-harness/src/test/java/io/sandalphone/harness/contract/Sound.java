package io.sandalphone.harness.contract;

import io.sandalphone.speech.PcmSink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes sound as the owner of every piece: keeps a copy, and writes over what it was given.
public final class Sound implements PcmSink {
    private final List<short[]> pieces = new ArrayList<>();

    @Override
    public void accept(short[] pcm) {
        pieces.add(pcm.clone());
        Arrays.fill(pcm, Short.MIN_VALUE);
    }

    public int pieces() {
        return pieces.size();
    }

    public short[] pcm() {
        short[] all = new short[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (short[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }
}
