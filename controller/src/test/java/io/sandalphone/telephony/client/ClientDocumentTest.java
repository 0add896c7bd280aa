package io.sandalphone.telephony.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Holds the description of the clients' protocol against what there is.
class ClientDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/clients.md");

    @ParameterizedTest
    @EnumSource
    void every_fault_is_described(ClientFault.Kind kind) throws IOException {
        String refused = Files.readString(DOCUMENT).split("## What is refused", 2)[1];

        assertTrue(refused.contains("`" + kind.wireName() + "`"), kind::wireName);
    }
}
