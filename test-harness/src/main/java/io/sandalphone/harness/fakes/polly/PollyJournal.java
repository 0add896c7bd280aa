package io.sandalphone.harness.fakes.polly;

import java.util.Map;

/// What a fake of Polly saw so far.
///
/// @param requests requests for speech, refused ones included
/// @param examinations requests for the list of voices
/// @param refused requests not carried out, by the type of error they were told
/// @param characters what was billed
/// @param busiest the most requests for speech that came in any one second, by engine
/// @param maxConcurrent the most answers under way at the same moment
/// @param completed answers that were sent to their end
/// @param cutByFault answers that a fault broke off or kept from coming
/// @param cutByClient answers that the client broke off
/// @param underWay answers that are being sent now
public record PollyJournal(
        int requests,
        int examinations,
        Map<String, Integer> refused,
        int characters,
        Map<String, Integer> busiest,
        int maxConcurrent,
        int completed,
        int cutByFault,
        int cutByClient,
        int underWay) {
    public PollyJournal {
        refused = Map.copyOf(refused);
        busiest = Map.copyOf(busiest);
    }
}
