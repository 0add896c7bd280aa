/// The model files that engines load: which there are, where the same bytes can be had, and which of them are in place.
@NullMarked
package io.sandalphone.models;

import org.jspecify.annotations.NullMarked;
