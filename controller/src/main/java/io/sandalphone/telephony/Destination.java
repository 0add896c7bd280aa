package io.sandalphone.telephony;

/// Whom a call rings: somebody's telephone, by its number, or the clients that stand by.
public sealed interface Destination permits E164, Browser {}
