package io.sandalphone.harness.carrier;

import org.jspecify.annotations.Nullable;

/// Who a call is between, and why it was made.
///
/// @param id the carrier's id of it
/// @param direction `inbound`, `outbound-api` or `outbound-dial`
/// @param parent the id of the call whose document dialled it, if one did
/// @param forwardedFrom the number that it was first meant for, if it was forwarded
public record CallIdentity(
        String id,
        String direction,
        String from,
        String to,
        @Nullable String parent,
        @Nullable String forwardedFrom) {}
