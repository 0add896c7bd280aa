/// What is under fakes that answer each request with one body: their pace, their faults, their journal.
@NullMarked
package io.sandalphone.harness.fakes.http;

import org.jspecify.annotations.NullMarked;
