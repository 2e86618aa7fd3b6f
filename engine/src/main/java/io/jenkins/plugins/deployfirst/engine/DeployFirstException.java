package io.jenkins.plugins.deployfirst.engine;

/** A failure that people can act on: what went wrong, what to do about it, and how the flow ended. */
public class DeployFirstException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;
    private final String problem;
    private final String remedy;

    /**
     * Creates a failure.
     *
     * @param outcome how the flow ended
     * @param problem one line that says what is wrong, naming the field and the value found
     * @param remedy one line that says what to do; empty when there is nothing to add
     */
    public DeployFirstException(Outcome outcome, String problem, String remedy) {
        this(outcome, problem, remedy, null);
    }

    public DeployFirstException(Outcome outcome, String problem, String remedy, Throwable cause) {
        super(remedy.isEmpty() ? problem : Sentences.join(problem, remedy), cause);
        this.outcome = outcome;
        this.problem = problem;
        this.remedy = remedy;
    }

    /** Creates a failure caused by a wrong request or configuration. */
    public static DeployFirstException usage(String problem, String remedy) {
        return new DeployFirstException(Outcome.USAGE, problem, remedy);
    }

    /** Creates a failure that came before anything running was changed. */
    public static DeployFirstException unchanged(String problem, String remedy) {
        return new DeployFirstException(Outcome.FAILED_UNCHANGED, problem, remedy);
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Returns what is wrong, without the remedy. */
    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }
}
