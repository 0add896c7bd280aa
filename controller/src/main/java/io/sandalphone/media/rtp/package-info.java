/// Packets into ordered frames, and frames into packets on time.
@NullMarked
package io.sandalphone.media.rtp;

import org.jspecify.annotations.NullMarked;
