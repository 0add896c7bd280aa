package io.sandalphone.harness.demo;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.fakes.assemblyai.KnownRecording;
import io.sandalphone.harness.lab.NetNamespace;
import io.sandalphone.harness.lab.RunFolder;
import io.sandalphone.harness.vendors.Vendor;
import io.sandalphone.harness.vendors.VendorOptions.Language;
import io.sandalphone.harness.vendors.VendorOptions.Times;
import io.sandalphone.harness.vendors.VendorsProcess;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Fakes of the three vendors, by TLS, which understand and speak English and Spanish and take as
/// long as the vendors say that they do. The recognizer knows the words of what will be said and tells them when they have been
/// said, where they are known; else PocketSphinx hears.
final class FakeServices implements Services {
    private final VendorsProcess vendors;
    private final Path folder;

    private FakeServices(VendorsProcess vendors, Path folder) {
        this.vendors = vendors;
        this.folder = folder;
    }

    /// `known` is all that will be said; empty where words of it are not known.
    static FakeServices start(NetNamespace network, List<KnownRecording> known) throws IOException {
        Path folder = RunFolder.create("known");
        for (int i = 0; i < known.size(); i++) {
            known.get(i).write(folder, "said-" + i);
        }
        return new FakeServices(
                known.isEmpty()
                        ? VendorsProcess.startSecured(network, Language.SPEECH, Times.PUBLISHED)
                        : VendorsProcess.startKnowing(network, folder),
                folder);
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
        RunFolder.delete(folder);
    }
}
