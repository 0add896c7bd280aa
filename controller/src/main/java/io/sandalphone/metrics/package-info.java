/// The registry of all meters, its text for Prometheus, and one way to register a meter.
@NullMarked
package io.sandalphone.metrics;

import org.jspecify.annotations.NullMarked;
