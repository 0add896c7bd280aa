/// What systemd is told: that calls can come, that the loops are alive, that the gateway stops.
@NullMarked
package io.sandalphone.systemd;

import org.jspecify.annotations.NullMarked;
