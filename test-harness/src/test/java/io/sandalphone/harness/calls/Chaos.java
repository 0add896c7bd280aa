package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.ExpectedEffect.ABSORBED;
import static io.sandalphone.harness.calls.ExpectedEffect.LEFT;
import static io.sandalphone.harness.calls.ExpectedEffect.LOST;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.vendors.Vendor;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A fault of a vendor, and what it may cost: written by hand, for a fault that costs more than it must
/// is a fault of ours.
///
/// @param effects by moment, what becomes of the utterance
/// @param opens whether the vendor's breaker opens
record Chaos(Vendor vendor, Fault fault, Map<FaultTiming, ExpectedEffect> effects, boolean opens) {
    /// Every fault that each of the fakes can do.
    static List<Chaos> all() {
        return Stream.of(recognition(), translation(), speech()).flatMap(List::stream).toList();
    }

    private static List<Chaos> recognition() {
        return List.of(
                // What a handshake is refused for ends no session under way.
                atHandshake(Fault.UNAUTHORIZED),
                atHandshake(Fault.FORBIDDEN),
                atHandshake(Fault.RATE_LIMITED),
                always(Vendor.ASSEMBLYAI, Fault.SERVER_ERROR, LOST),
                always(Vendor.ASSEMBLYAI, Fault.SLOW, LOST),
                always(Vendor.ASSEMBLYAI, Fault.STALL, LOST),
                always(Vendor.ASSEMBLYAI, Fault.HALF_CLOSE, LOST),
                always(Vendor.ASSEMBLYAI, Fault.CUT, LOST),
                always(Vendor.ASSEMBLYAI, Fault.GARBAGE, LOST),
                always(Vendor.ASSEMBLYAI, Fault.INCOMPLETE, ABSORBED),
                // Words in the listener's own language come back from the translator as they are.
                always(Vendor.ASSEMBLYAI, Fault.WRONG_LANGUAGE, LEFT),
                always(Vendor.ASSEMBLYAI, Fault.DUPLICATED_TURN, ABSORBED),
                always(Vendor.ASSEMBLYAI, Fault.REWRITTEN_PARTIAL, ABSORBED));
    }

    private static List<Chaos> translation() {
        return Stream.concat(
                        Stream.of(
                                        Fault.UNAUTHORIZED,
                                        Fault.FORBIDDEN,
                                        Fault.RATE_LIMITED,
                                        Fault.SERVER_ERROR,
                                        Fault.SLOW,
                                        Fault.STALL,
                                        Fault.HALF_CLOSE,
                                        Fault.CUT,
                                        Fault.GARBAGE)
                                .map(fault -> always(Vendor.GOOGLE, fault, LOST)),
                        // A translation that is what was said tells the listener nothing.
                        Stream.of(
                                always(Vendor.GOOGLE, Fault.WRONG_LANGUAGE, LEFT),
                                always(Vendor.GOOGLE, Fault.INCOMPLETE, ABSORBED)))
                .toList();
    }

    private static List<Chaos> speech() {
        return Stream.concat(
                        Stream.of(
                                        Fault.UNAUTHORIZED,
                                        Fault.FORBIDDEN,
                                        Fault.THROTTLED,
                                        Fault.RATE_LIMITED,
                                        Fault.SERVER_ERROR,
                                        Fault.SLOW,
                                        Fault.STALL,
                                        Fault.HALF_CLOSE,
                                        Fault.CUT,
                                        Fault.GARBAGE)
                                .map(fault -> always(Vendor.POLLY, fault, LOST)),
                        Stream.of(always(Vendor.POLLY, Fault.INCOMPLETE, ABSORBED)))
                .toList();
    }

    private static Chaos atHandshake(Fault fault) {
        return new Chaos(
                Vendor.ASSEMBLYAI,
                fault,
                Map.of(
                        FaultTiming.BEFORE, LOST,
                        FaultTiming.DURING, ABSORBED,
                        FaultTiming.BETWEEN, ABSORBED),
                // Of one call, which tries again while the fault lasts.
                true);
    }

    private static Chaos always(Vendor vendor, Fault fault, ExpectedEffect effect) {
        return new Chaos(
                vendor,
                fault,
                Map.of(
                        FaultTiming.BEFORE,
                        effect,
                        FaultTiming.DURING,
                        effect,
                        FaultTiming.BETWEEN,
                        effect),
                effect == LOST);
    }

    ExpectedEffect effect(FaultTiming moment) {
        return effects.getOrDefault(moment, LOST);
    }

    /// What the vendor is asked for, as metrics name it.
    String capability() {
        return switch (vendor) {
            case ASSEMBLYAI -> "transcriber";
            case GOOGLE -> "translator";
            case POLLY -> "synthesizer";
        };
    }

    /// Whether a call that lost translation learns by itself that it is back, with nothing being said.
    boolean backUnasked() {
        return vendor == Vendor.ASSEMBLYAI;
    }

    @Override
    public String toString() {
        return vendor.engine() + " " + fault;
    }
}
