package io.sandalphone.harness.fakes.audio;

import java.util.List;
import java.util.Map;

/// A sound that was sent to be understood.
///
/// @param rate of the file as it came
/// @param millis how long it was
/// @param fields of the form, without the file
/// @param understood of it
public record HeardUpload(
        int rate, long millis, Map<String, String> fields, List<Ear.Word> understood) {
    public HeardUpload {
        fields = Map.copyOf(fields);
        understood = List.copyOf(understood);
    }
}
