/// Reports as pages.
@NullMarked
package io.sandalphone.harness.html;

import org.jspecify.annotations.NullMarked;
