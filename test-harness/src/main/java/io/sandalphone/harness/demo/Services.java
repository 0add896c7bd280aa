package io.sandalphone.harness.demo;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.NetNamespace;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What the engines of the demo's controller speak with, reachable from its network.
sealed interface Services extends AutoCloseable
        permits EmbeddedServices, FakeServices, VendorServices {
    /// Starts what `providers` need; `network` is the controller's, in which `dialogue` will be heard.
    static Services start(Providers providers, NetNamespace network, Dialogue dialogue)
            throws IOException {
        return switch (providers) {
            case OFFLINE, LITE -> new EmbeddedServices(providers);
            case CLOUD_FAKES -> FakeServices.start(network, dialogue.recordings());
            case CLOUD -> VendorServices.start(network);
        };
    }

    /// The engines, and all they need to know.
    ControllerSettings settings();

    /// What the controller's virtual machine has to be told.
    List<String> jvmOptions();

    /// What became of the sessions at the recognizer; empty when nobody can tell.
    Optional<CallOutcome.Sessions> sessions();

    @Override
    void close();
}
