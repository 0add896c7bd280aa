/// The telephony ports and their events: legs of a call, in our words.
@NullMarked
package io.sandalphone.telephony;

import org.jspecify.annotations.NullMarked;
