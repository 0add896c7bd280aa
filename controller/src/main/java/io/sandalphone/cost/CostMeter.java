package io.sandalphone.cost;

import io.sandalphone.speech.Usage;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/// What one call costs. Adds it up for the call and for the day, and says when either has cost what
/// it may. What is reported after [#close] still counts.
///
/// Thread-safe; nobody waits here for longer than an addition takes.
public final class CostMeter implements Usage, AutoCloseable {
    private final Accounting accounting;
    private final Runnable capped;
    private Spending spending;
    private @Nullable CostCap reached;

    /// Goes on from what the call had spent `before`, and the cap that it had reached.
    CostMeter(Accounting accounting, Runnable capped, Spending before, @Nullable CostCap reached) {
        this.accounting = accounting;
        this.capped = capped;
        spending = before;
        this.reached = reached;
    }

    /// Whether the call may be translated. Once it may not, it never may again. Who asks will hear
    /// of it when that happens later on.
    public boolean mayTranslate() {
        if (!accounting.admit(this)) {
            stop(CostCap.PER_DAY);
        }
        return costs().reached().isEmpty();
    }

    /// What the call has cost so far.
    public synchronized Costs costs() {
        return new Costs(spending, accounting.settings().currency(), Optional.ofNullable(reached));
    }

    @Override
    public void listened(String tariff, Duration time) {
        charge(Service.LISTENED, tariff, time.toNanos());
    }

    @Override
    public void translated(String tariff, int characters) {
        charge(Service.TRANSLATED, tariff, characters);
    }

    @Override
    public void spoken(String tariff, int characters) {
        charge(Service.SPOKEN, tariff, characters);
    }

    @Override
    public void read(String tariff, long tokens) {
        charge(Service.READ, tariff, tokens);
    }

    @Override
    public void written(String tariff, long tokens) {
        charge(Service.WRITTEN, tariff, tokens);
    }

    private void charge(Service service, String tariff, long quantity) {
        Spending charge = accounting.price(service, tariff, quantity);
        Spending now = add(charge);
        accounting.book(service, charge);
        if (accounting.settings().perCall().filter(now::reaches).isPresent()) {
            stop(CostCap.PER_CALL);
        }
    }

    private synchronized Spending add(Spending charge) {
        spending = spending.plus(charge);
        return spending;
    }

    void stop(CostCap cap) {
        if (isFirst(cap)) {
            accounting.countCapped(cap);
            capped.run();
        }
    }

    private synchronized boolean isFirst(CostCap cap) {
        if (reached != null) {
            return false;
        }
        reached = cap;
        return true;
    }

    /// The call is over: caps no longer matter to it.
    @Override
    public void close() {
        accounting.forget(this);
    }
}
