package io.sandalphone.harness.telnyx;

import java.nio.ByteOrder;

/// An account of the simulated Telnyx, with its one TeXML application.
///
/// @param id the account's, a UUID
/// @param apiKey what opens the REST API
/// @param application the id of its TeXML application, which is a connection as well
/// @param l16 which byte of a sample of L16 comes first
public record TelnyxAccount(String id, String apiKey, String application, ByteOrder l16) {
    /// One that tests may use: it exists nowhere.
    public static final TelnyxAccount EXAMPLE =
            new TelnyxAccount(
                    "00000000-0000-4000-8000-000000000001",
                    "KEY-of-the-simulator",
                    "1000000000000000001",
                    ByteOrder.BIG_ENDIAN);
}
