package io.jenkins.plugins.deployfirst.engine.health;

/** A text that stops whoever reads it when the time is over, which bounds a regular expression that backtracks for ever. */
final class TimedText implements CharSequence {
    /** Looking at the clock costs more than reading a character. */
    private static final int READS_PER_LOOK = 1024;

    private final String text;
    private final Deadline deadline;
    private int reads;

    TimedText(String text, Deadline deadline) {
        this.text = text;
        this.deadline = deadline;
    }

    /**
     * Returns the character.
     *
     * @throws TimeOver when the deadline is over or the thread is interrupted
     */
    @Override
    public char charAt(int index) {
        if (++reads % READS_PER_LOOK == 0
                && (deadline.isOver() || Thread.currentThread().isInterrupted())) {
            throw new TimeOver();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    /** The reading was stopped. */
    static final class TimeOver extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
