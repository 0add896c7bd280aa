package io.sandalphone.harness.carrier;

import java.util.Map;

/// What is one carrier's own: its ids, its parameters, how it signs, and how its streams speak.
public interface Dialect {
    /// What its documents may hold.
    Grammar grammar();

    /// An id for a new call.
    String newCallId();

    /// What a webhook is told of `call`, before what belongs to the occasion.
    Map<String, String> parameters(SimulatedCall call);

    /// What a status callback has beside [#parameters].
    ///
    /// @param sequence counts the callbacks of the call from 0
    Map<String, String> progress(SimulatedCall call, CallStatus status, int sequence);

    /// The headers that prove a request to be the carrier's.
    ///
    /// @param url as the server knows it
    /// @param form what is posted, empty for a GET
    /// @param body the same as it is sent
    /// @param genuine whether they prove it; otherwise they look alike and are wrong
    Map<String, String> signature(
            String url, Map<String, String> form, String body, boolean genuine);

    /// A new stream of `call`.
    ///
    /// @param faults what goes wrong with its messages
    StreamWire stream(SimulatedCall call, StreamRequest request, CarrierFaults faults);

    /// What a document asks of a stream: the attributes of `<Stream>`, and its parameters.
    record StreamRequest(Map<String, String> attributes, Map<String, String> parameters) {}
}
