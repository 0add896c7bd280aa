package io.sandalphone.harness.carrier;

import java.util.EnumMap;
import java.util.Map;

/// Which faults strike, and how often still. Thread-safe.
public final class CarrierFaults {
    private static final int ALWAYS = Integer.MAX_VALUE;

    private final Map<CarrierFault, Integer> left = new EnumMap<>(CarrierFault.class);

    /// From now on `fault` strikes wherever it can.
    public void set(CarrierFault fault) {
        strike(fault, ALWAYS);
    }

    /// `fault` strikes the next `times` times.
    public synchronized void strike(CarrierFault fault, int times) {
        left.put(fault, times);
    }

    /// `fault` strikes no more.
    public synchronized void clear(CarrierFault fault) {
        left.remove(fault);
    }

    /// All is well again.
    public synchronized void clear() {
        left.clear();
    }

    /// Whether `fault` is set, without using it up.
    public synchronized boolean has(CarrierFault fault) {
        return left.containsKey(fault);
    }

    /// Whether `fault` strikes now; one of its times is used up.
    public synchronized boolean strikes(CarrierFault fault) {
        int times = left.getOrDefault(fault, 0);
        if (times == 0) {
            return false;
        }
        if (times == 1) {
            left.remove(fault);
        } else if (times != ALWAYS) {
            left.put(fault, times - 1);
        }
        return true;
    }
}
