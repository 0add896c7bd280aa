/// The contracts of the speech ports, kept by every implementation there is.
@NullMarked
package io.sandalphone.harness.contract;

import org.jspecify.annotations.NullMarked;
