package io.sandalphone.cost;

import io.sandalphone.files.StateFile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What all calls cost: gives each its meter, adds up the day, and tells every translated call when
/// the day has cost what it may.
///
/// Thread-safe. No method blocks but [#open] and [#close].
public final class Accounting implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Accounting.class);

    private final CostSettings settings;
    private final CostMeters meters;
    private final DayLedger ledger;
    private final Optional<LedgerKeeper> keeper;
    private final Optional<LocalDate> lost;
    private final Set<CostMeter> translated = ConcurrentHashMap.newKeySet();
    private final Set<String> unpriced = ConcurrentHashMap.newKeySet();

    private Accounting(
            CostSettings settings,
            CostMeters meters,
            DayLedger ledger,
            Optional<LedgerKeeper> keeper,
            Optional<LocalDate> lost) {
        this.settings = settings;
        this.meters = meters;
        this.ledger = ledger;
        this.keeper = keeper;
        this.lost = lost;
        meters.today().set(() -> ledger.today().spending().amount());
    }

    /// Goes on from the day's ledger, where the settings name one. A ledger that cannot be read, or
    /// written, costs the day its sum and no call anything: it is set aside, and the log says so.
    public static Accounting open(CostSettings settings, InstantSource clock, CostMeters meters) {
        if (settings.ledger().isEmpty()) {
            var ledger = new DayLedger(settings.zone(), clock);
            return new Accounting(settings, meters, ledger, Optional.empty(), Optional.empty());
        }
        var file = new LedgerFile(settings.ledger().get(), settings.currency());
        Optional<Day> last = Optional.empty();
        boolean broken = false;
        try {
            last = file.read();
        } catch (IOException unreadable) {
            meters.ledgerFailed().increment();
            setAside(file, clock, unreadable);
            broken = true;
        }
        DayLedger ledger =
                last.map(day -> new DayLedger(settings.zone(), clock, day))
                        .orElseGet(() -> new DayLedger(settings.zone(), clock));
        return new Accounting(
                settings,
                meters,
                ledger,
                Optional.of(LedgerKeeper.start(ledger, file, meters)),
                broken ? Optional.of(ledger.today().date()) : Optional.empty());
    }

    private static void setAside(LedgerFile file, InstantSource clock, IOException unreadable) {
        var line =
                log.atError()
                        .addKeyValue("setting", "costs.ledger")
                        .addKeyValue("file", file.path())
                        .addKeyValue("found", StateFile.reason(unreadable));
        try {
            Path aside = file.setAside(clock.instant());
            line.addKeyValue("aside", aside).log("day's costs could not be read, ledger set aside");
        } catch (IOException refused) {
            line.addKeyValue("aside", StateFile.reason(refused))
                    .log("day's costs could not be read, nor their ledger set aside");
        }
    }

    /// Why the day's sum is not what it should be, if it is not: it cannot be written just now; or what stood in the ledger
    /// when we started could not be read, which is told until midnight. No call waits for either. Any thread may ask.
    public Optional<String> unavailableReason() {
        return keeper.flatMap(LedgerKeeper::unavailableReason)
                .or(
                        () ->
                                lost.filter(day -> day.equals(date()))
                                        .map(
                                                _ ->
                                                        "the ledger could not be read when the"
                                                            + " gateway started, and was set aside:"
                                                            + " the day's sum began at nothing"));
    }

    /// The meter of one call. `capped` runs once, on any thread, when the call may no more be
    /// translated; it must return at once.
    public CostMeter meter(Runnable capped) {
        return new CostMeter(this, capped, Spending.NOTHING, null);
    }

    /// The same for a call that cost so much `before`, which is on its day already. Amounts in another currency than
    /// ours cannot be added up, and are left out. Of the caps, that of a day is judged anew.
    public CostMeter meter(Runnable capped, Costs before) {
        boolean ours = before.currency().equals(settings.currency());
        CostCap reached =
                before.reached().filter(cap -> cap == CostCap.PER_CALL && ours).orElse(null);
        return new CostMeter(this, capped, ours ? before.spending() : Spending.NOTHING, reached);
    }

    /// Which calendar day it is, where the settings say.
    public LocalDate date() {
        return ledger.today().date();
    }

    /// What the calendar day has cost so far.
    public Costs today() {
        Spending spending = ledger.today().spending();
        return new Costs(
                spending,
                settings.currency(),
                exhausts(spending) ? Optional.of(CostCap.PER_DAY) : Optional.empty());
    }

    CostSettings settings() {
        return settings;
    }

    void countCapped(CostCap cap) {
        switch (cap) {
            case PER_CALL -> meters.cappedPerCall().increment();
            case PER_DAY -> meters.cappedPerDay().increment();
        }
    }

    /// From now on `meter` is called when the day has cost what it may. False when it has already.
    boolean admit(CostMeter meter) {
        translated.add(meter);
        return !exhausts(ledger.today().spending());
    }

    void forget(CostMeter meter) {
        translated.remove(meter);
    }

    /// What `quantity` of a service costs. Without a price it is counted, and costs nothing.
    Spending price(Service service, String tariff, long quantity) {
        Optional<BigDecimal> price = settings.prices().price(tariff, service);
        if (price.isEmpty()) {
            meters.unpriced().increment();
            if (unpriced.add(tariff + ' ' + service)) {
                log.atWarn()
                        .addKeyValue("tariff", tariff)
                        .addKeyValue("service", service)
                        .log("tariff has no price in costs.prices, so it counts as free");
            }
        }
        return Spending.of(
                service,
                quantity,
                price.map(each -> service.amount(each, quantity)).orElse(BigDecimal.ZERO));
    }

    /// Adds a call's charge to the day.
    void book(Service service, Spending charge) {
        count(service, charge);
        Spending after = ledger.add(charge).spending();
        BigDecimal before = after.amount().subtract(charge.amount());
        Optional<BigDecimal> cap = settings.perDay();
        // Of all charges of a day, one takes the sum over the cap.
        if (exhausts(after) && cap.filter(limit -> before.compareTo(limit) < 0).isPresent()) {
            log.warn("day has cost what it may, calls go on untranslated until midnight");
            translated.forEach(meter -> meter.stop(CostCap.PER_DAY));
        }
    }

    private void count(Service service, Spending charge) {
        double amount = charge.amount().doubleValue();
        switch (service) {
            case LISTENED -> {
                meters.listenedSeconds().increment(seconds(charge.listened()));
                meters.listened().increment(amount);
            }
            case TRANSLATED -> {
                meters.translatedCharacters().increment((double) charge.translatedCharacters());
                meters.translated().increment(amount);
            }
            case SPOKEN -> {
                meters.spokenCharacters().increment((double) charge.spokenCharacters());
                meters.spoken().increment(amount);
            }
            case READ -> {
                meters.readTokens().increment((double) charge.readTokens());
                meters.read().increment(amount);
            }
            case WRITTEN -> {
                meters.writtenTokens().increment((double) charge.writtenTokens());
                meters.written().increment(amount);
            }
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private boolean exhausts(Spending spending) {
        return settings.perDay().filter(spending::reaches).isPresent();
    }

    @Override
    public void close() {
        keeper.ifPresent(LedgerKeeper::close);
    }
}
