package io.sandalphone.harness.demo;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.HostRelay;
import io.sandalphone.harness.lab.NetNamespace;
import io.sandalphone.harness.lab.RunFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The vendors themselves: the only servers that can be reached from the controller's network.
final class VendorServices implements Services {
    private static final int HTTPS = 443;

    private final CloudAccount account;
    private final HostRelay relay;
    private final Path folder;

    private VendorServices(CloudAccount account, HostRelay relay, Path folder) {
        this.account = account;
        this.relay = relay;
        this.folder = folder;
    }

    static VendorServices start(NetNamespace network) throws IOException {
        Path folder = RunFolder.create("cloud");
        return new VendorServices(
                new CloudAccount(System.getenv()),
                HostRelay.open(network, CloudAccount.SERVERS, HTTPS, folder.resolve("hosts")),
                folder);
    }

    @Override
    public ControllerSettings settings() {
        return account.settings().with(ExamplePrices.YAML);
    }

    @Override
    public List<String> jvmOptions() {
        return relay.jvmOptions();
    }

    /// AssemblyAI does not say.
    @Override
    public Optional<CallOutcome.Sessions> sessions() {
        return Optional.empty();
    }

    @Override
    public void close() {
        relay.close();
        RunFolder.delete(folder);
    }
}
