/// The speech ports and their events: hearing, translating and speaking, in our words.
@NullMarked
package io.sandalphone.speech;

import org.jspecify.annotations.NullMarked;
