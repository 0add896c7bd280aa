/// Files in which the program keeps something over its own end, and the room for them.
@NullMarked
package io.sandalphone.files;

import org.jspecify.annotations.NullMarked;
