package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * One move of an alias.
 *
 * @param model the model's name
 * @param alias the alias
 * @param version the version it moved to; 0 when it was removed
 * @param previousVersion the version it came from; 0 for none
 * @param promotionId the promotion that moved it; null when it was removed
 * @param changedBy id of the user whose act completed the move
 * @param millis when, in epoch milliseconds
 */
public record AliasChange(
        String model,
        String alias,
        int version,
        int previousVersion,
        @CheckForNull String promotionId,
        String changedBy,
        long millis)
        implements Serializable {}
