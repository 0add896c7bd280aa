package io.sandalphone.telephony.client;

import io.sandalphone.call.CallView;
import io.sandalphone.call.ClientCalls;
import io.sandalphone.call.Meeting;
import io.sandalphone.cost.Costs;
import io.sandalphone.cost.Spending;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Arrival;

import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Takes whatever call it is handed, and does nothing with it. Calls live when a test says so.
class FakeCalls implements ClientCalls {
    /// A call as somebody began it, beside what [#arrivals] has.
    record Called(Language language, Optional<CallTerms> operator) {}

    final List<Meeting> meetings = new ArrayList<>();
    final List<Arrival> arrivals = new ArrayList<>();
    final List<Called> called = new ArrayList<>();

    /// The numbers at which browsers are rung.
    final Set<String> browsers = new HashSet<>();

    private final Map<String, CallView> live = new HashMap<>();

    /// The call is in this state, and joins an English-speaking caller with a Spanish-speaking destination.
    void is(String callId, String state) {
        live.put(
                callId,
                new CallView(
                        callId,
                        state,
                        0,
                        CallView.Direction.INBOUND,
                        "",
                        "",
                        ClientScene.EN,
                        ClientScene.ES,
                        false,
                        false,
                        false,
                        0,
                        Set.of(),
                        Set.of(),
                        new Costs(Spending.NOTHING, Currency.getInstance("USD"), Optional.empty()),
                        null,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Override
    public void met(Meeting meeting) {
        meetings.add(meeting);
    }

    @Override
    public void called(Arrival arrival, Language language, Optional<CallTerms> operator) {
        arrivals.add(arrival);
        called.add(new Called(language, operator));
    }

    @Override
    public Optional<CallView> find(String callId) {
        return Optional.ofNullable(live.get(callId));
    }

    @Override
    public boolean ringsBrowsers(String number) {
        return browsers.contains(number);
    }

    @Override
    public boolean interprets(Language from, Language to) {
        return true;
    }
}
