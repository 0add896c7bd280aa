package io.sandalphone.call;

import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Arrival;

import java.util.Optional;

/// The calls as those need them who let browsers and other clients in. Thread-safe.
public interface ClientCalls extends Meetings {
    /// Takes up the call of somebody who speaks `language`, whatever their route says of callers. Called on
    /// the loop of the arrival. `operator` are the terms of a call to a number without a route, for who
    /// may call as operators do; empty for anybody else.
    void called(Arrival arrival, Language language, Optional<CallTerms> operator);

    /// A live call as operators see it.
    Optional<CallView> find(String callId);

    /// Whether calls to `called`, a number as anybody writes it, ring clients that stand by; of
    /// [RouteTable#ANY], whether calls to any number do.
    boolean ringsBrowsers(String called);

    /// Whether what is said in `from` can be spoken in `to`, by the engines as they are configured.
    boolean interprets(Language from, Language to);
}
