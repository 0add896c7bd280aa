package io.sandalphone.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.testing.RequiresModel;
import io.sandalphone.testing.TestModels;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;

/// The model of the profile `standard`, had from whatever place can be reached here.
@RequiresModel("whisper-base")
class PublishedModelTest {
    @Test
    void the_published_bytes_are_in_place() throws Exception {
        assertEquals(81_768_585, Files.size(TestModels.file("whisper-base")));
    }
}
