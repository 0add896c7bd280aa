/// A real browser that tests and the demo drive: Chromium without a window, over the DevTools protocol.
@NullMarked
package io.sandalphone.harness.browser;

import org.jspecify.annotations.NullMarked;
