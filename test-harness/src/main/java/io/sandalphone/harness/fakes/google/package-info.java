/// A fake of Google Cloud Translation, both editions of it, and of the place where its tokens are got.
@NullMarked
package io.sandalphone.harness.fakes.google;

import org.jspecify.annotations.NullMarked;
