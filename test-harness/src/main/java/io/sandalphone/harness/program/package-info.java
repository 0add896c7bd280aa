/// How the programs of the harness are run from their scripts.
@NullMarked
package io.sandalphone.harness.program;

import org.jspecify.annotations.NullMarked;
