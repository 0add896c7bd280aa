/// Sounds of a telephone line that are no speech, made by arithmetic, and what the controller's ears make
/// of them. What each is, and what is required: `sentences/progress-sounds.md` among the tests' resources.
@NullMarked
package io.sandalphone.harness.sounds;

import org.jspecify.annotations.NullMarked;
