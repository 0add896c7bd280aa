package io.sandalphone.harness.fakes;

import java.net.URI;
import java.util.Set;

/// A fake over a [FakeServer], struck by one [ActiveFault] at a time.
public abstract class ServedFake implements Fake {
    /// What strikes it just now.
    protected final ActiveFault activeFault;

    protected ServedFake(Fault... possible) {
        activeFault = new ActiveFault(possible);
    }

    /// The server under it.
    protected abstract FakeServer server();

    /// `fault` strikes what is under way, where it does not only strike what comes. Runs on the server's loop.
    protected void strike(Fault fault) {}

    @Override
    public final URI address() {
        return server().address();
    }

    @Override
    public final Set<Fault> faults() {
        return activeFault.possible();
    }

    @Override
    public final void inject(Fault fault) {
        activeFault.inject(fault);
        server().onLoop(() -> strike(fault));
    }

    @Override
    public final void recover() {
        activeFault.recover();
    }

    @Override
    public void close() {
        server().close();
    }
}
