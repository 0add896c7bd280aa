package io.sandalphone.call;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.util.function.IntSupplier;

/// Lets calls in while there are places and nobody drains, and knows when the last one is over. Every
/// decision and its count are one step, so no call slips in beside it. Thread-safe.
final class Admission {
    /// What becomes of a call that wants in.
    enum Verdict {
        ADMITTED,
        /// Nobody is there for it.
        UNWANTED,
        /// It is one of ours that comes back.
        LOOPING,
        /// All places are taken.
        FULL,
        /// No calls are taken any more.
        DRAINING
    }

    private final IntSupplier places;
    private final Promise<Void> empty = Promise.promise();
    private int admitted;
    private int present;
    private boolean draining;

    /// `places` says how many calls may be here at once, whenever one wants in.
    Admission(IntSupplier places) {
        this.places = places;
    }

    /// A call has arrived. Whatever the verdict, it is here until [#over].
    ///
    /// `wish` is what is thought of it apart from places: [Verdict#ADMITTED] when it is welcome.
    synchronized Verdict arrive(Verdict wish) {
        present++;
        return decide(wish);
    }

    /// A call is to be made. It is here until [#over] if it is admitted, and else not at all.
    synchronized Verdict make() {
        Verdict verdict = decide(Verdict.ADMITTED);
        if (verdict == Verdict.ADMITTED) {
            present++;
        }
        return verdict;
    }

    /// A call goes on here that lived before this program did, whatever places there are. It is here until [#over], unless nobody
    /// is admitted any more.
    synchronized boolean resume() {
        if (draining) {
            return false;
        }
        present++;
        admitted++;
        return true;
    }

    private Verdict decide(Verdict wish) {
        if (draining) {
            return Verdict.DRAINING;
        }
        if (wish != Verdict.ADMITTED) {
            return wish;
        }
        if (admitted >= places.getAsInt()) {
            return Verdict.FULL;
        }
        admitted++;
        return Verdict.ADMITTED;
    }

    /// A call is over; one that was admitted gives its place back.
    void over(boolean wasAdmitted) {
        if (leave(wasAdmitted)) {
            empty.tryComplete();
        }
    }

    private synchronized boolean leave(boolean wasAdmitted) {
        present--;
        if (wasAdmitted) {
            admitted--;
        }
        return draining && present == 0;
    }

    /// Admits nobody from now on; completes when nobody is here any more.
    Future<Void> drain() {
        if (close()) {
            empty.tryComplete();
        }
        return empty.future();
    }

    private synchronized boolean close() {
        draining = true;
        return present == 0;
    }
}
