package io.sandalphone.harness.demo;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.NetNamespace;
import io.sandalphone.harness.vendors.Vendor;
import io.sandalphone.harness.vendors.VendorOptions.Language;
import io.sandalphone.harness.vendors.VendorOptions.Times;
import io.sandalphone.harness.vendors.VendorsProcess;

import java.util.List;
import java.util.Optional;

/// Fakes of the three vendors, by TLS, which understand and speak English and Spanish and take as
/// long as the vendors say that they do.
final class FakeServices implements Services {
    private final VendorsProcess vendors;

    private FakeServices(VendorsProcess vendors) {
        this.vendors = vendors;
    }

    static FakeServices start(NetNamespace network) {
        return new FakeServices(
                VendorsProcess.startSecured(network, Language.SPEECH, Times.PUBLISHED));
    }

    @Override
    public ControllerSettings settings() {
        return ControllerSettings.cloud(vendors.settings()).with(ExamplePrices.YAML);
    }

    @Override
    public List<String> jvmOptions() {
        return vendors.trustingOptions();
    }

    @Override
    public Optional<CallOutcome.Sessions> sessions() {
        JsonNode journal = vendors.journal(Vendor.ASSEMBLYAI);
        return Optional.of(
                new CallOutcome.Sessions(
                        journal.path("opened").asInt(), journal.path("terminated").asInt()));
    }

    @Override
    public void close() {
        vendors.close();
    }
}
