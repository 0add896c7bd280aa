package io.sandalphone.harness.latency;

import java.util.List;

/// All of one run.
///
/// @param profile of the providers
/// @param seed by which it can be repeated
/// @param policies side by side, each in each language
/// @param curve the last of them with other least words of a clause
record LatencyResult(
        String profile, long seed, List<PolicyResult> policies, List<CurvePoint> curve) {
    LatencyResult {
        policies = List.copyOf(policies);
        curve = List.copyOf(curve);
    }

    /// What came of clauses of at least `leastWords` words.
    record CurvePoint(int leastWords, PolicyResult result) {}
}
