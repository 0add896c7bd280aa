package io.sandalphone.harness.carrier;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What came to pass on one media stream so far.
///
/// @param id the carrier's id of it
/// @param url the address of its socket, as the document has it
/// @param mediaSent messages of sound sent to the server
/// @param mediaReceived messages of sound that came from the server and were played or queued
/// @param bytesReceived the bytes of sound in them
/// @param mostBufferedMillis the most that waited to be played at once
/// @param marksReceived the names of the marks that the server sent, in order
/// @param marksEchoed the names of those that were echoed, in order
/// @param clears how often the server had the buffer emptied
/// @param dropped messages of sound that came and were not played, since the stream takes none
/// @param invalid messages that were ignored as wrong
/// @param arrivals when each message of sound came, on the clock of [System#nanoTime]
/// @param end why it ended, null while it goes on
public record StreamReport(
        String id,
        String url,
        long mediaSent,
        long mediaReceived,
        long bytesReceived,
        long mostBufferedMillis,
        List<String> marksReceived,
        List<String> marksEchoed,
        int clears,
        int dropped,
        int invalid,
        List<Long> arrivals,
        @Nullable StreamEnd end) {}
