/// An operator's own service, as a brain: what callers say is posted to it, and what it replies is said.
@NullMarked
package io.sandalphone.providers.backend;

import org.jspecify.annotations.NullMarked;
