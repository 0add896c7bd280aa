/// What operators are told without asking: that something needs them, that it still does, that it is over; in the log and to
/// a webhook.
@NullMarked
package io.sandalphone.notices;

import org.jspecify.annotations.NullMarked;
