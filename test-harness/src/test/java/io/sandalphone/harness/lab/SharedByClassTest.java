package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.util.ArrayList;
import java.util.List;

class SharedByClassTest {
    private static final List<String> TOLD = new ArrayList<>();

    /// Run by the test below.
    static class Sharing {
        @RegisterExtension
        private static final SharedByClass<String> SHARED =
                new SharedByClass<>(
                        () -> {
                            TOLD.add("made");
                            return "shared";
                        },
                        shared -> TOLD.add("closed"));

        @RepeatedTest(2)
        void a_test_that_uses_it() {
            TOLD.add(SHARED.get());
        }
    }

    @Test
    void each_run_of_a_class_makes_it_once_and_closes_it() {
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(Sharing.class))
                        .build();
        TOLD.clear();
        LauncherFactory.create().execute(request);
        List<String> once = List.copyOf(TOLD);
        assertEquals(List.of("made", "shared", "shared", "closed"), once);
        TOLD.clear();
        LauncherFactory.create().execute(request);
        assertEquals(once, TOLD);
    }
}
