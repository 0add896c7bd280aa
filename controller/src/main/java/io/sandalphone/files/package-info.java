/// Files in which the program keeps something over its own end.
@NullMarked
package io.sandalphone.files;

import org.jspecify.annotations.NullMarked;
