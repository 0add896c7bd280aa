/// All fakes of vendors in one program, which fails when it is told to.
@NullMarked
package io.sandalphone.harness.vendors;

import org.jspecify.annotations.NullMarked;
