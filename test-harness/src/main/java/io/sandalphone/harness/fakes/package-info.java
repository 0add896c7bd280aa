/// What the fakes of vendors share: their faults, their certificate, their server.
@NullMarked
package io.sandalphone.harness.fakes;

import org.jspecify.annotations.NullMarked;
