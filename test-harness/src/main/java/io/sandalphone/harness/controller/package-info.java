/// The controller as a process of its own, as production runs it.
@NullMarked
package io.sandalphone.harness.controller;

import org.jspecify.annotations.NullMarked;
