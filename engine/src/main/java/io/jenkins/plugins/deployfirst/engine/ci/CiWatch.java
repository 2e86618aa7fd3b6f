package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.DeployFirstException;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.Progress;
import io.jenkins.plugins.deployfirst.engine.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Watches one commit's CI until it gives a verdict or the time is over. Holds no thread while it waits.
 *
 * <p>Its life: the first read comes after the initial delay, each further one an interval after the last answer (later
 * when the server failed or asked to wait), the last one at the deadline. The interval grows up to a minute long before
 * and long after the time at which CI usually ends ({@link #expect}). {@link #wake()} brings the next read forward; when
 * that says that CI goes on, more follow after 1, 2 and 5 s, since a server may tell of what it does not show yet.
 * At most one read is under way that is heard, so what a read finds is handled in order; a poll that has no answer yet when
 * an event causes a read is heard no more. Only {@code wake}, the end of the time and a cancelled {@link #result()} come
 * from elsewhere. A success must be seen twice, an interval apart; when the first
 * sighting is the last read, one more confirms it.
 */
public final class CiWatch {
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
    /** A watch that reads once an hour may have been woken by an event, and missed what that was about. */
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);

    private static final Duration LONGEST_CONFIRMATION = Duration.ofSeconds(10);
    private static final Duration SHORTEST_GAP = Duration.ofSeconds(1);
    private static final long[] AFTER_EVENT =
            Stream.of(1, 2, 5).mapToLong(TimeUnit.SECONDS::toNanos).toArray();
    // For a server that neither answers nor fails: a watch always ends.
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final CiServer server;
    private final String sha;
    private final VerdictRules rules;
    private final ReadPlan plan;
    private final long interval;
    private final long confirmation;
    private final long began;
    private final long deadline;
    private final ScheduledExecutorService timer;
    private final Progress progress;
    private final LongSupplier clock;
    private final CompletableFuture<CiResult> result = new CompletableFuture<>();

    // What may come from several threads; guarded by this.
    private Optional<Future<?>> next = Optional.empty();
    private boolean reading;
    /** Whether what is under way is a mere poll, without an answer so far: a read that an event causes takes its place. */
    private boolean overtakable;
    /** How many reads there were; the answer to any but the last one is not heard. */
    private long reads;

    private boolean wokenMeanwhile;
    private long notBefore;
    private long readStarted;
    private OptionalLong since = OptionalLong.empty();
    private long planned;
    private long wokenAt;
    private int afterEvent = AFTER_EVENT.length;

    // What the reads found. Volatile, because the end of the time looks at it too.
    private volatile Optional<CiSnapshot> last = Optional.empty();
    private volatile Optional<String> unreachable = Optional.empty();
    private volatile boolean everSeen;
    private Optional<Sighting> success = Optional.empty();
    private int failures;
    private volatile boolean confirming;
    private volatile Optional<Consumer<List<Check>>> followed = Optional.empty();
    private volatile long usual;
    private String said = "";

    private CiWatch(
            CiServer server,
            String sha,
            CiRules rules,
            ScheduledExecutorService timer,
            Duration past,
            Progress progress,
            LongSupplier clock) {
        this.server = server;
        this.sha = sha;
        this.rules = new VerdictRules(rules);
        this.plan = new ReadPlan(rules.interval());
        this.interval = rules.interval().toNanos();
        this.confirmation = Math.min(interval, LONGEST_CONFIRMATION.toNanos());
        this.timer = timer;
        this.progress = progress;
        this.clock = clock;
        this.notBefore = clock.getAsLong();
        this.readStarted = notBefore - SHORTEST_GAP.toNanos();
        this.began = notBefore - past.toNanos();
        this.deadline = began + rules.timeout().toNanos();
    }

    /**
     * Starts a watch.
     *
     * @param sha the full commit SHA
     * @param timer starts the reads; one thread serves thousands of watches. It should forget cancelled tasks
     *     ({@link java.util.concurrent.ScheduledThreadPoolExecutor#setRemoveOnCancelPolicy}), which keep a watch in memory
     * @param startedAt when the watch began: a resumed one keeps its deadline, and when that is over it reads at once
     * @param progress hears how many checks are done, on change only, and once per change why a read failed
     */
    public static CiWatch start(
            CiServer server,
            String sha,
            CiRules rules,
            ScheduledExecutorService timer,
            Instant startedAt,
            Progress progress) {
        Duration past = Duration.between(startedAt, Instant.now());
        return start(server, sha, rules, timer, past, progress, System::nanoTime);
    }

    /**
     * Starts a watch by a clock of one's own.
     *
     * @param past how long ago the watch began; not negative
     * @param clock counts nanoseconds, as {@link System#nanoTime} does; the timer goes by it too
     */
    public static CiWatch start(
            CiServer server,
            String sha,
            CiRules rules,
            ScheduledExecutorService timer,
            Duration past,
            Progress progress,
            LongSupplier clock) {
        Duration over = between(Duration.ZERO, past, rules.timeout());
        CiWatch watch = new CiWatch(server, sha, rules, timer, over, progress, clock);
        Duration first = between(Duration.ZERO, rules.initialDelay().minus(over), rules.initialDelay());
        watch.begin(first.toNanos(), rules.timeout().minus(over).plus(GRACE));
        return watch;
    }

    /**
     * Returns the verdict of this moment; TIMEOUT or ABSENT when CI is not done. A success is read twice, a second
     * apart, and never taken from shared reads.
     */
    public static CompletableFuture<CiResult> now(
            CiServer server, String sha, CiRules rules, ScheduledExecutorService timer) {
        CiRules atOnce = new CiRules(
                Duration.ZERO,
                SHORTEST_GAP,
                Duration.ZERO,
                rules.checks(),
                rules.ignoreChecks(),
                rules.onTimeout(),
                rules.onAbsent());
        CiServer direct = server instanceof SharedReads shared ? shared.server() : server;
        return start(direct, sha, atOnce, timer, Instant.now(), Progress.NONE).result();
    }

    /**
     * Returns what the watch ends in; cancelling it ends the watch. It fails only when the timer has been shut down.
     * What depends on it runs on a thread of the timer or of the CI server's client: use the {@code Async} forms with an
     * executor of your own for anything that takes time.
     */
    public CompletableFuture<CiResult> result() {
        return result;
    }

    /** Ends the watch without a verdict. */
    public void cancel() {
        result.cancel(false);
    }

    /** Does the same for an event of this moment. */
    public void wake() {
        wake(clock.getAsLong());
    }

    /**
     * Reads at once, because an event told that something changed. Events in quick succession cost one read a second;
     * a server that asked to wait is left alone. Watches that are told of an event with the same moment share its reads
     * ({@link SharedReads}).
     *
     * @param at when the event came, by the watch's clock
     */
    public void wake(long at) {
        synchronized (this) {
            wokenAt = at;
            afterEvent = 0;
            since = OptionalLong.of(at);
            wokenMeanwhile |= reading;
            if (!confirming) {
                schedule(Math.min(wakeDelay(), untilDeadline()));
            }
        }
    }

    /** Tells how long CI usually takes from the start of the watch, so that reads are dense around that time. */
    public void expect(Duration usualDuration) {
        usual = Math.max(0, usualDuration.toNanos());
    }

    /**
     * Has one follower told the checks that count: those that are known already at once, and then what each read finds. It
     * hears them on a thread of the timer or of the CI server's client, which it must not keep for long.
     */
    public void follow(Consumer<List<Check>> follower) {
        followed = Optional.of(follower);
        last.map(rules::counted).ifPresent(follower);
    }

    /** Returns whether a watch of this length reads otherwise when it knows how long CI usually takes. */
    public static boolean adapts(CiRules rules) {
        return ReadPlan.mattersFor(rules.timeout());
    }

    private void begin(long firstRead, Duration end) {
        try {
            Future<?> overdue = timer.schedule(() -> result.complete(overdue()), end.toNanos(), TimeUnit.NANOSECONDS);
            result.whenComplete((verdict, failure) -> {
                overdue.cancel(false);
                synchronized (this) {
                    next.ifPresent(read -> read.cancel(false));
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
        synchronized (this) {
            planned = clock.getAsLong() + firstRead;
            schedule(Math.min(firstRead, untilDeadline()));
        }
    }

    private void schedule(long delay) {
        synchronized (this) {
            if (reading && !overtakable || result.isDone()) {
                return;
            }
            next.ifPresent(read -> read.cancel(false));
            try {
                next = Optional.of(timer.schedule(this::read, delay, TimeUnit.NANOSECONDS));
                return;
            } catch (RejectedExecutionException e) {
                next = Optional.empty();
            }
        }
        result.completeExceptionally(new RejectedExecutionException("The timer of the CI watch has been shut down."));
    }

    private void read() {
        boolean over = untilDeadline() == 0;
        long wait;
        OptionalLong fresh;
        long number;
        synchronized (this) {
            if (reading && !mayOvertake() || result.isDone()) {
                return;
            }
            readStarted = clock.getAsLong();
            wait = notBefore - readStarted;
            reading = wait <= 0;
            wokenMeanwhile = false;
            fresh = since;
            if (reading) {
                since = OptionalLong.empty();
                overtakable = fresh.isEmpty();
                reads++;
            }
            number = reads;
        }
        if (wait > 0 && over) {
            result.complete(overdue());
        } else if (wait > 0) {
            schedule(Math.min(wait, untilDeadline()));
        } else {
            ask(over, fresh, number);
        }
    }

    /** A poll may wait for thousands of others at its server; what an event asks for goes before them. */
    private boolean mayOvertake() {
        return overtakable && since.isPresent() && notBefore - clock.getAsLong() <= 0;
    }

    private void ask(boolean over, OptionalLong fresh, long number) {
        CompletableFuture<CiSnapshot> answer;
        try {
            answer = fresh.isPresent() ? server.readSince(sha, fresh.getAsLong()) : server.read(sha);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((snapshot, failure) -> {
            if (isHeard(number)) {
                handle(snapshot, failure, over);
            }
        });
    }

    private synchronized boolean isHeard(long number) {
        if (number != reads) {
            return false;
        }
        overtakable = false;
        return true;
    }

    private void handle(CiSnapshot snapshot, Throwable failure, boolean over) {
        if (result.isDone()) {
            return;
        }
        try {
            Optional<CiResult> verdict = failure == null ? seen(snapshot) : failed(readFailure(failure));
            if (verdict.isPresent()) {
                result.complete(verdict.get());
            } else if (over && !mayBeConfirmed()) {
                result.complete(overdue());
            } else {
                goOn(failure == null);
            }
        } catch (RuntimeException e) {
            // A mistake here must not leave a release without a watch and nobody the wiser.
            result.complete(error("The watch failed: " + e.getClass().getSimpleName() + "."));
        }
    }

    private Optional<CiResult> seen(CiSnapshot snapshot) {
        failures = 0;
        unreachable = Optional.empty();
        last = Optional.of(snapshot);
        List<Check> counted = rules.counted(snapshot);
        everSeen |= !counted.isEmpty();
        followed.ifPresent(follower -> follower.accept(counted));
        Optional<CiSnapshot> comparable = success.filter(earlier -> clock.getAsLong() - earlier.nanos() >= confirmation)
                .map(Sighting::snapshot)
                .filter(earlier -> earlier != snapshot);
        Optional<CiResult> verdict = rules.judge(comparable, snapshot);
        if (success.filter(earlier -> rules.agree(earlier.snapshot(), snapshot)).isEmpty()) {
            success =
                    rules.isQuiet(snapshot) ? Optional.of(new Sighting(snapshot, clock.getAsLong())) : Optional.empty();
        }
        if (verdict.isEmpty()) {
            say(rules.progress(snapshot), false);
        }
        return verdict;
    }

    private Optional<CiResult> failed(CiReadException failure) {
        if (failure.isPermanent()) {
            return Optional.of(error(failure.getMessage()));
        }
        failures++;
        unreachable = Optional.of(OneLine.of(failure.getMessage(), 500));
        long asked = failure.retryAfter().toNanos();
        if (asked > 0) {
            synchronized (this) {
                notBefore = clock.getAsLong() + asked;
            }
        }
        say("CI: " + unreachable.get(), true);
        return Optional.empty();
    }

    /** The first sighting of a success on the last read deserves its second one. */
    private boolean mayBeConfirmed() {
        boolean first = !confirming && success.isPresent() && unreachable.isEmpty();
        confirming |= first;
        return first;
    }

    private void goOn(boolean answered) {
        synchronized (this) {
            planNext(answered);
            reading = false;
            long delay = Math.max(0, planned - clock.getAsLong());
            delay = Math.min(delay, wokenMeanwhile ? wakeDelay() : afterEvent(delay));
            schedule(confirming ? confirmation : Math.min(delay, untilDeadline()));
        }
    }

    /** A read that an event caused puts off none that was planned; a success that was seen once is confirmed soon. */
    private void planNext(boolean answered) {
        long now = clock.getAsLong();
        boolean due = readStarted - planned >= 0;
        if (!answered) {
            planned = now + backoff();
        } else if (success.isPresent()) {
            long confirmed = success.get().nanos() + confirmation - now;
            long wait = confirmed > 0 ? confirmed : interval;
            planned = now + (due ? wait : Math.min(wait, Math.max(0, planned - now)));
        } else if (due) {
            planned = now + plan.next(now - began, usual);
        }
    }

    /** Returns when to read again after an event, if that is before {@code delay} is over. */
    private long afterEvent(long delay) {
        long now = clock.getAsLong();
        while (afterEvent < AFTER_EVENT.length) {
            long due = wokenAt + AFTER_EVENT[afterEvent] - now;
            if (due >= delay) {
                return delay;
            }
            afterEvent++;
            if (due >= 0) {
                since = OptionalLong.of(now + due);
                return Math.max(due, notBefore - now);
            }
        }
        return delay;
    }

    /**
     * Doubles with every failure in a row, up to a minute, at random between half and all of it, so that watches spread out.
     */
    private long backoff() {
        long longest = LONGEST_BACKOFF.toNanos();
        long first = Math.min(FIRST_BACKOFF.toNanos(), interval);
        long full = failures > 10 ? longest : Math.min(longest, first << (failures - 1));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long own = full / 2 + random.nextLong(full / 2 + 1);
        long asked;
        synchronized (this) {
            asked = notBefore - clock.getAsLong();
        }
        return asked > 0 ? Math.max(own, asked + random.nextLong(interval / 2 + 1)) : own;
    }

    private long wakeDelay() {
        synchronized (this) {
            long now = clock.getAsLong();
            long gap = readStarted + Math.min(interval, SHORTEST_GAP.toNanos()) - now;
            return Math.max(0, Math.max(gap, notBefore - now));
        }
    }

    private CiResult overdue() {
        if (last.isEmpty()) {
            return error(unreachable.orElse("The CI server did not answer."));
        }
        CiResult verdict = rules.overdue(last.get(), everSeen);
        return unreachable
                .map(reason -> new CiResult(
                        verdict.verdict(),
                        verdict.checks(),
                        Sentences.join(verdict.reason(), "The CI server could not be read at the end: " + reason)))
                .orElse(verdict);
    }

    private CiResult error(String reason) {
        List<Check> checks = last.map(rules::counted).orElse(List.of());
        return new CiResult(Verdict.ERROR, checks, OneLine.of(reason, 500));
    }

    private void say(String line, boolean warning) {
        if (line.equals(said)) {
            return;
        }
        said = line;
        if (warning) {
            progress.warn(line);
        } else {
            progress.info(line);
        }
    }

    private long untilDeadline() {
        return Math.max(0, deadline - clock.getAsLong());
    }

    private static CiReadException readFailure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof DeployFirstException wrongRequest) {
            return CiReadException.permanent(wrongRequest.getMessage());
        }
        return cause instanceof CiReadException known
                ? known
                : CiReadException.passing(
                        "The read failed: " + cause.getClass().getSimpleName() + ".", Duration.ZERO, cause);
    }

    private static Duration between(Duration least, Duration value, Duration most) {
        return value.compareTo(least) < 0 ? least : value.compareTo(most) > 0 ? most : value;
    }

    /** A read that showed a success, and when. */
    private record Sighting(CiSnapshot snapshot, long nanos) {}
}
