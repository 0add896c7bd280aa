/// Everything a call needs that is not the controller: a real Asterisk, phones, carriers, tone engines.
@NullMarked
package io.sandalphone.harness;

import org.jspecify.annotations.NullMarked;
