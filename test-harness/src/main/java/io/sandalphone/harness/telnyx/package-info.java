/// A simulated Telnyx in its flavour TeXML: signed webhooks, media streams, conferences and the REST
/// API for calls.
@NullMarked
package io.sandalphone.harness.telnyx;

import org.jspecify.annotations.NullMarked;
