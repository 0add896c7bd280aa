/// A provider of speech engines to begin with: a service of one's own, asked over HTTP.
/// `controller/docs/another-provider.md` says what to change.
@NullMarked
package org.example.speech;

import org.jspecify.annotations.NullMarked;
