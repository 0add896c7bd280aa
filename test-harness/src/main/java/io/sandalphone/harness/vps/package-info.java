/// An installed server, called from outside.
@NullMarked
package io.sandalphone.harness.vps;

import org.jspecify.annotations.NullMarked;
