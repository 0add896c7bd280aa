package io.sandalphone.telephony.asterisk;

import io.sandalphone.time.Loop;

/// The connection of one leg's sound. Thread-safe; what is written once it is closed goes nowhere.
interface LegSocket {
    /// Sends a command.
    void write(String text);

    /// Sends sound in the channel's coding: whole frames.
    void write(byte[] sound);

    /// Whether more waits to be sent than 1 s of sound, so that more would only be late; or it is closed.
    boolean isCongested();

    /// Closes it, upon which Asterisk ends the channel.
    void close();

    /// Who hears what comes over a connection, on the loop of the call.
    interface Listener {
        /// That of the call.
        Loop loop();

        /// It is there; the first thing that is heard.
        void opened(LegSocket socket);

        /// A text message came.
        void message(MediaMessage message);

        /// A binary message came, which nobody writes any more.
        void sound(byte[] bytes);

        /// It is closed, by whom ever; the last thing that is heard.
        void closed();
    }
}
