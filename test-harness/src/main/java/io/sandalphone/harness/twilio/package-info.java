/// A simulated Twilio: signed webhooks, Media Streams, conferences and the REST API for calls.
@NullMarked
package io.sandalphone.harness.twilio;

import org.jspecify.annotations.NullMarked;
