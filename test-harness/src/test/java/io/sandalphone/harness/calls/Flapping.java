package io.sandalphone.harness.calls;

import io.sandalphone.harness.vendors.Vendor;
import io.sandalphone.harness.vendors.VendorsProcess;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Lets every fault of every vendor come and go, each vendor at its own time, until it is closed.
final class Flapping implements AutoCloseable {
    private static final List<Vendor> VENDORS = List.of(Vendor.values());
    private static final Duration PERIOD = Duration.ofMillis(350);

    private final VendorsProcess vendors;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private int turn;

    Flapping(VendorsProcess vendors) {
        this.vendors = vendors;
        var _ = clock.scheduleAtFixedRate(this::flap, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// One vendor fails or recovers.
    private void flap() {
        Vendor vendor = VENDORS.get(turn % VENDORS.size());
        int round = turn / VENDORS.size();
        turn++;
        if (round % 2 == 1) {
            vendors.recover(vendor);
            return;
        }
        List<Chaos> faults =
                Chaos.all().stream().filter(chaos -> chaos.vendor() == vendor).toList();
        vendors.inject(vendor, faults.get(round / 2 % faults.size()).fault());
    }

    /// All is well again.
    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the vendors do not obey");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        for (Vendor vendor : VENDORS) {
            vendors.recover(vendor);
        }
    }
}
