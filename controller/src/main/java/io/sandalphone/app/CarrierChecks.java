package io.sandalphone.app;

import io.sandalphone.ops.HealthCheck;
import io.sandalphone.ops.HealthCheck.Kind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What carriers say of themselves, as health checks.
final class CarrierChecks {
    private CarrierChecks() {}

    /// `carriers` by their names, with the reason why each cannot work just now. The only one is what all calls rely on. Of
    /// several each is what its own calls rely on, and one more check says when none of them works. `partly` are
    /// those of parts of carriers.
    static List<HealthCheck> of(
            Map<String, Supplier<Optional<String>>> carriers, List<HealthCheck> partly) {
        List<HealthCheck> checks = new ArrayList<>();
        Kind each = carriers.size() == 1 ? Kind.CALLS : Kind.SOME_CALLS;
        carriers.forEach((name, reason) -> checks.add(new HealthCheck(name, each, reason)));
        if (carriers.size() > 1) {
            List<Supplier<Optional<String>>> all = List.copyOf(carriers.values());
            checks.add(new HealthCheck("carriers", Kind.CALLS, () -> noneLeft(all)));
        }
        checks.addAll(partly);
        return checks;
    }

    private static Optional<String> noneLeft(Collection<Supplier<Optional<String>>> carriers) {
        return carriers.stream().allMatch(reason -> reason.get().isPresent())
                ? Optional.of("none of the carriers works")
                : Optional.empty();
    }
}
