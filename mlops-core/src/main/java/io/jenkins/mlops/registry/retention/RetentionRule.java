package io.jenkins.mlops.registry.retention;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which of a model's versions are kept though they never served. A version goes only when none of the three keeps it; a
 * rule that asks for neither a number nor an age keeps all. No rule touches a version on the day it was registered.
 *
 * @param keepNewest this many of the newest versions are kept, 0 to 1,000; 0 for none on that account
 * @param keepDays versions younger than this many days are kept, 0 to 36,500; 0 for none on that account
 * @param keepTags versions with one of these tags are kept, whatever its value
 */
public record RetentionRule(int keepNewest, int keepDays, Set<String> keepTags) implements Serializable {
    /** The tag that keeps a version where nobody says which do. */
    public static final String KEEP = "keep";

    /** The rule that keeps all. */
    public static final RetentionRule ALL = new RetentionRule(0, 0, Set.of());

    private static final int MOST_VERSIONS = 1_000;
    private static final int MOST_DAYS = 36_500;
    private static final int MOST_TAGS = 100;
    /** Whatever the rule says: the build that registered it may be about to ask for its promotion. */
    private static final long UNTOUCHED_MILLIS = TimeUnit.DAYS.toMillis(1);

    public RetentionRule {
        keepNewest = (int) Limits.range("The number of newest versions to keep", keepNewest, 0, MOST_VERSIONS);
        keepDays = (int) Limits.range("The days to keep a version", keepDays, 0, MOST_DAYS);
        keepTags = Limits.lines("The tags that keep a version", keepTags, MOST_TAGS);
    }

    /** Whether the rule lets anything go at all. */
    public boolean isLimiting() {
        return keepNewest > 0 || keepDays > 0;
    }

    /**
     * What the rule asks of a model's versions.
     *
     * @param jobs full names of the jobs whose versions the reader may see; null for all
     * @param nowMillis the present, in epoch milliseconds
     * @throws IllegalStateException when the rule keeps all, so that there is nothing to ask
     */
    public RetentionQuery query(String model, @CheckForNull Set<String> jobs, long nowMillis) {
        if (!isLimiting()) {
            throw new IllegalStateException("The rule keeps all versions of '" + model + "'");
        }
        long age = Math.max(UNTOUCHED_MILLIS, TimeUnit.DAYS.toMillis(keepDays));
        return new RetentionQuery(model, jobs, keepNewest, nowMillis - age, keepTags);
    }

    /** The tag that a person sets to keep a version; null where no tag does. */
    @CheckForNull
    public String keepTag() {
        if (keepTags.contains(KEEP)) {
            return KEEP;
        }
        return keepTags.stream().findFirst().orElse(null);
    }

    /** Why a version goes that the rule lets go, such as "never served; retention keeps the newest 3". */
    public String reason() {
        List<String> kept = new ArrayList<>();
        if (keepNewest > 0) {
            kept.add("the newest " + keepNewest);
        }
        if (keepDays > 0) {
            kept.add("what is younger than " + keepDays + " days");
        }
        return "never served; retention keeps " + String.join(" and ", kept);
    }
}
