package io.jenkins.mlops.registry.retention;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.ModelName;
import java.io.Serializable;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a rule asks of a model's versions at a moment.
 *
 * @param model the model's name
 * @param jobs full names of the jobs whose versions the reader may see; null for all. What keeps a version is looked for
 *     among all of them
 * @param keepNewest this many of the newest versions stay, 0 to 1,000
 * @param sinceMillis versions registered after this moment stay, in epoch milliseconds
 * @param keepTags versions with one of these tags stay, whatever its value
 */
public record RetentionQuery(
        String model, @CheckForNull Set<String> jobs, int keepNewest, long sinceMillis, Set<String> keepTags)
        implements Serializable {
    public RetentionQuery {
        model = ModelName.check(model);
        jobs = jobs == null ? null : Collections.unmodifiableSet(new TreeSet<>(jobs));
        keepNewest = (int) Limits.range("The number of newest versions to keep", keepNewest, 0, 1_000);
        keepTags = Collections.unmodifiableSet(new TreeSet<>(keepTags));
    }
}
