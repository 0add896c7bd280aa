package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.fakes.Trace;
import io.sandalphone.harness.vendors.Vendor;
import io.sandalphone.harness.vendors.VendorOptions;
import io.sandalphone.harness.vendors.Vendors;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.stream.Collectors;

class ChaosTest {
    @Test
    void every_fault_that_a_fake_can_do_has_its_place_in_the_table() throws Exception {
        Vertx vertx = Vertx.vertx();
        var options =
                new VendorOptions(
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        VendorOptions.Language.TONES,
                        Optional.empty(),
                        VendorOptions.Times.INSTANT,
                        Trace.NONE);
        try (var vendors = Vendors.start(vertx, options)) {
            for (Vendor vendor : Vendor.values()) {
                assertEquals(
                        vendors.fake(vendor).faults(),
                        Chaos.all().stream()
                                .filter(chaos -> chaos.vendor() == vendor)
                                .map(Chaos::fault)
                                .collect(Collectors.toSet()),
                        vendor::engine);
            }
        } finally {
            var _ = vertx.close();
        }
    }
}
