package io.jenkins.mlops.monitor.drift;

/** How many numbers the columns of a table may keep together. */
final class ValueBudget {
    private long left;

    ValueBudget(long values) {
        left = values;
    }

    /** Takes so many, if there are. */
    boolean take(long values) {
        if (values > left) {
            return false;
        }
        left -= values;
        return true;
    }

    void give(long values) {
        left += values;
    }
}
