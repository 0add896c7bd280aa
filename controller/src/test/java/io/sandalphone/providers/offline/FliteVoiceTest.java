package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sandalphone.testing.RequiresPackage;

import org.junit.jupiter.api.Test;

import java.util.List;

@RequiresPackage(value = "flite", file = "/usr/bin/flite")
class FliteVoiceTest extends SpokenTest {
    FliteVoiceTest() {
        super(
                VoiceKind.FLITE,
                EN,
                List.of(
                        "Hello, where is the nearest hospital?",
                        "Your call is the first in the queue.",
                        "No.",
                        "Please check the number and dial again."));
    }

    @Test
    void spanish_is_left_to_others() {
        assertFalse(open().speaks(ES));
    }
}
