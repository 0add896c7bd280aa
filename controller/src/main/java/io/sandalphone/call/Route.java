package io.sandalphone.call;

/// What becomes of a call to one of our numbers, and on which terms.
public record Route(CallService service, CallTerms terms) {}
