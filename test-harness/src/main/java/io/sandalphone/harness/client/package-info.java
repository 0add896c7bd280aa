/// A softphone that talks over the gateway's WebSocket for clients.
@NullMarked
package io.sandalphone.harness.client;

import org.jspecify.annotations.NullMarked;
