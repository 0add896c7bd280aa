/// What a server needs around the gateway: its name, its clock, its firewall, what is secret.
@NullMarked
package io.sandalphone.deploy;

import org.jspecify.annotations.NullMarked;
