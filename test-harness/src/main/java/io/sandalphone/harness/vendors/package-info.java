/// All fakes of vendors in one program, which fails on command.
@NullMarked
package io.sandalphone.harness.vendors;

import org.jspecify.annotations.NullMarked;
