package io.sandalphone.media.rtp;

import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;

import java.net.InetSocketAddress;

/// Where the sound of a loop's calls comes in and goes out: streams to far ends, told apart by their
/// addresses. Runs on its loop.
public interface MediaPort {
    /// Where a far end is to send what is meant for this loop's calls.
    InetSocketAddress localAddress();

    /// Hears and speaks to `remote` from now on. A stream that was open to it before is closed:
    /// whoever sends from there now is somebody else.
    ///
    /// From now on packets leave for `remote` on each tick for a while, silence when nothing is said:
    /// so the far end knows us before anybody else can send to it in our place.
    ///
    /// `lost` runs when the stream ends other than by [Stream#close]: because what hears or speaks
    /// there threw, or because its address was opened again. On the loop, never inside a call.
    Stream open(InetSocketAddress remote, Runnable lost);

    /// What is heard from one far end and said to it.
    interface Stream extends AutoCloseable {
        /// Frames of what the far end sends go to `ears` from now on, at 8 kHz, in order, with
        /// positions that count from zero at the first packet and only grow; what was lost is a gap.
        void hear(FrameSink ears);

        /// Begins a talk spurt: asks `mouth` for three frames soon, then for one every 20 ms by the
        /// clock. When it gives null it is asked again on each tick until all that was sent has been
        /// played; if there is nothing even then the spurt is over, `drained` runs and `mouth` is not
        /// asked any more. Call it again when there is something to say again, from `drained` at the
        /// earliest: while a spurt goes on it does nothing.
        ///
        /// Neither is called inside this call, nor after [#close].
        void speak(FrameSource mouth, Runnable drained);

        /// Ends the talk spurt without its `drained`. What was sent is played: the cushion.
        void stop();

        /// Hears and says nothing more.
        @Override
        void close();
    }
}
