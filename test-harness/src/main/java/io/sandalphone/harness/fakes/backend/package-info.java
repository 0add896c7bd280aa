/// A fake of an operator's own backend that conversations are held with over HTTP.
@NullMarked
package io.sandalphone.harness.fakes.backend;

import org.jspecify.annotations.NullMarked;
