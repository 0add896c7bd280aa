/// What systemd is told: that calls can come, that the loops are alive, that the gateway stops, that the machine is not to sleep.
@NullMarked
package io.sandalphone.systemd;

import org.jspecify.annotations.NullMarked;
