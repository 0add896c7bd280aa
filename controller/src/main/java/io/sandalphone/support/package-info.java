/// What of one call can be shown to anybody: its lines of the log, with nothing in them about people.
@NullMarked
package io.sandalphone.support;

import org.jspecify.annotations.NullMarked;
