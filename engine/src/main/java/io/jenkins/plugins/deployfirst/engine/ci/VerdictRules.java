package io.jenkins.plugins.deployfirst.engine.ci;

import io.jenkins.plugins.deployfirst.engine.DurationText;
import io.jenkins.plugins.deployfirst.engine.OneLine;
import io.jenkins.plugins.deployfirst.engine.ci.Check.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Decides what a commit's checks mean: a verdict, or that it is too early for one. Reads nothing, waits for nothing. */
final class VerdictRules {
    private static final int NAMED_CHECKS = 5;
    private static final Pattern WILDCARD = Pattern.compile("[*?]");

    private final CiRules rules;
    private final List<Pattern> required;
    private final List<Pattern> ignored;
    private final boolean exactNames;

    VerdictRules(CiRules rules) {
        this.rules = rules;
        this.required = rules.checks().stream().map(VerdictRules::glob).toList();
        this.ignored = rules.ignoreChecks().stream().map(VerdictRules::glob).toList();
        this.exactNames = !rules.checks().isEmpty()
                && rules.checks().stream()
                        .noneMatch(name -> WILDCARD.matcher(name).find());
    }

    /**
     * Judges a commit.
     *
     * @param previous an earlier read to compare with; empty when there is none that is old enough
     * @param current the latest read
     * @return FAILURE, SUCCESS or ABSENT; empty while the checks are pending
     */
    Optional<CiResult> judge(Optional<CiSnapshot> previous, CiSnapshot current) {
        List<Check> counted = counted(current);
        if (counted.stream().anyMatch(check -> check.state() == State.FAILED)) {
            return Optional.of(new CiResult(Verdict.FAILURE, counted, failureReason(counted)));
        }
        if (counted.isEmpty() && current.ciSkipped()) {
            return Optional.of(new CiResult(
                    Verdict.ABSENT, counted, "The commit's message asks CI to skip it, and no check appeared."));
        }
        boolean complete = exactNames
                ? isQuiet(counted)
                : previous.filter(earlier -> agree(earlier, current)).isPresent();
        return complete
                ? Optional.of(new CiResult(Verdict.SUCCESS, counted, successReason(counted)))
                : Optional.empty();
    }

    /**
     * Returns whether both reads show the same checks, all of them done. A job that starts when another one ends is on
     * neither list for a moment, so a read with pending checks confirms nothing.
     */
    boolean agree(CiSnapshot earlier, CiSnapshot later) {
        List<Check> before = counted(earlier);
        List<Check> now = counted(later);
        return isQuiet(before) && isQuiet(now) && keys(before).equals(keys(now));
    }

    /** Returns whether this read would be a SUCCESS if a second one confirmed it. */
    boolean isQuiet(CiSnapshot snapshot) {
        return isQuiet(counted(snapshot));
    }

    /** Returns the checks that count for the verdict: required ones, without those that are ignored. */
    List<Check> counted(CiSnapshot snapshot) {
        return snapshot.checks().stream()
                .filter(check -> !matchesAny(ignored, check))
                .filter(check -> required.isEmpty() || matchesAny(required, check))
                .toList();
    }

    /** Says in one line how far CI is. */
    String progress(CiSnapshot snapshot) {
        List<Check> counted = counted(snapshot);
        if (counted.isEmpty()) {
            return "CI: no check has appeared yet" + instead(snapshot);
        }
        List<Check> pending = in(State.PENDING, counted);
        String missing = missing(counted);
        return "CI: " + (counted.size() - pending.size()) + " of " + counted.size() + " checks done"
                + (pending.isEmpty() ? "" : ", pending: " + names(pending, Check::name))
                + (missing.isEmpty() ? "" : ", not there yet: " + missing);
    }

    /**
     * Says what the watch ends in when its time is over.
     *
     * @param last the last read
     * @param everSeen whether a check that counts was there on any read
     * @return TIMEOUT or ABSENT
     */
    CiResult overdue(CiSnapshot last, boolean everSeen) {
        List<Check> counted = counted(last);
        String time = rules.timeout().isZero() ? "" : " after " + DurationText.format(rules.timeout());
        if (!counted.isEmpty()) {
            return new CiResult(Verdict.TIMEOUT, counted, "No verdict" + time + ": " + unfinished(counted) + ".");
        }
        return everSeen
                ? new CiResult(Verdict.TIMEOUT, counted, "All checks have disappeared again" + time + ".")
                : new CiResult(
                        Verdict.ABSENT,
                        counted,
                        "No check has appeared" + time + instead(last)
                                + ". See that CI runs for this branch, or wait longer (ci.timeout).");
    }

    private String unfinished(List<Check> counted) {
        List<Check> pending = in(State.PENDING, counted);
        if (!pending.isEmpty()) {
            return pending.size() + " of " + counted.size() + " checks are pending: "
                    + names(pending, check -> check.name() + " (" + check.conclusion() + ")");
        }
        String missing = missing(counted);
        if (!missing.isEmpty()) {
            return "these checks have not succeeded: " + missing;
        }
        return in(State.SUCCEEDED, counted).isEmpty()
                ? "no check has succeeded: all " + counted.size() + " are skipped or neutral"
                : "the checks have succeeded, but no second read confirmed it";
    }

    private boolean isQuiet(List<Check> counted) {
        return in(State.PENDING, counted).isEmpty()
                && in(State.FAILED, counted).isEmpty()
                && !in(State.SUCCEEDED, counted).isEmpty()
                && missing(counted).isEmpty();
    }

    /** Names what {@code checks:} asks for and no check that succeeded, or may still, answers to. */
    private String missing(List<Check> counted) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < required.size(); i++) {
            Pattern name = required.get(i);
            if (counted.stream()
                    .filter(check -> check.state() != State.NEUTRAL)
                    .noneMatch(check -> name.matcher(check.name()).matches())) {
                missing.add(rules.checks().get(i));
            }
        }
        return String.join(", ", missing);
    }

    private String instead(CiSnapshot snapshot) {
        if (required.isEmpty() || snapshot.checks().isEmpty()) {
            return "";
        }
        return " that is named in ci.checks (" + String.join(", ", rules.checks()) + "); the commit has: "
                + names(snapshot.checks(), Check::name);
    }

    private static String failureReason(List<Check> counted) {
        List<Check> failed = in(State.FAILED, counted);
        return (failed.size() == 1 ? "1 check failed: " : failed.size() + " checks failed: ")
                + names(failed, check -> check.name() + " (" + check.conclusion() + ")");
    }

    private static String successReason(List<Check> counted) {
        int succeeded = in(State.SUCCEEDED, counted).size();
        int neutral = counted.size() - succeeded;
        return (succeeded == 1 ? "1 check" : succeeded + " checks") + " succeeded"
                + (neutral == 0 ? "" : ", " + neutral + " skipped or neutral");
    }

    private static String names(List<Check> checks, Function<Check, String> form) {
        String names = checks.stream()
                .limit(NAMED_CHECKS)
                .map(form)
                .map(name -> OneLine.of(name, 120))
                .collect(Collectors.joining(", "));
        return checks.size() <= NAMED_CHECKS ? names : names + " and " + (checks.size() - NAMED_CHECKS) + " more";
    }

    private static List<Check> in(State state, List<Check> checks) {
        return checks.stream().filter(check -> check.state() == state).toList();
    }

    private static Set<String> keys(List<Check> checks) {
        return checks.stream().map(Check::key).collect(Collectors.toSet());
    }

    private static boolean matchesAny(List<Pattern> globs, Check check) {
        return globs.stream().anyMatch(glob -> glob.matcher(check.name()).matches());
    }

    /** Square brackets and braces mean themselves: matrix jobs are full of them. */
    private static Pattern glob(String glob) {
        Matcher wildcard = WILDCARD.matcher(glob);
        StringBuilder pattern = new StringBuilder();
        int literal = 0;
        while (wildcard.find()) {
            pattern.append(Pattern.quote(glob.substring(literal, wildcard.start())))
                    .append(wildcard.group().equals("*") ? ".*" : ".");
            literal = wildcard.end();
        }
        return Pattern.compile(pattern + Pattern.quote(glob.substring(literal)), Pattern.DOTALL);
    }
}
