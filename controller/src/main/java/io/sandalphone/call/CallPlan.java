package io.sandalphone.call;

import io.sandalphone.routing.Limits;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.NumberPlan;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/// What becomes of calls by the number that was called, and the countries whose emergency numbers are nobody's to answer here.
record CallPlan(RouteTable routes, Set<String> emergencyCountries) {
    static CallPlan of(RouteTable routes, Limits limits) {
        return new CallPlan(routes, countries(routes, limits));
    }

    private static Set<String> countries(RouteTable routes, Limits limits) {
        Set<String> countries = new HashSet<>(limits.destinations().countries());
        routes.keys().stream()
                .flatMap(key -> NumberPlan.regionOf("+" + RouteTable.digits(key)).stream())
                .forEach(countries::add);
        return Set.copyOf(countries);
    }

    /// Whether the caller needs help that is not here: they dialled an emergency number of their own country, or of one
    /// that this gateway has to do with.
    boolean isEmergency(Arrival arrival) {
        Set<String> countries = new HashSet<>(emergencyCountries);
        NumberPlan.regionOf(arrival.caller().number()).ifPresent(countries::add);
        return NumberPlan.isEmergency(arrival.called(), countries)
                || isEmergencyWithoutPlus(arrival.called(), countries);
    }

    /// Routes are found without the plus sign too, so 1911 is +1911; but not where it is an extension that has a route.
    private boolean isEmergencyWithoutPlus(String called, Set<String> countries) {
        return called.matches("[0-9]+")
                && routes.findOwn(called).isEmpty()
                && NumberPlan.countryCode(called)
                        .map(NumberPlan::mainRegions)
                        .filter(main -> !Collections.disjoint(main, countries))
                        .isPresent()
                && NumberPlan.isEmergency("+" + called, Set.of());
    }
}
