package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * The state of the code that made a version.
 *
 * @param repository the remote's URL without credentials; null when the work tree has no remote
 * @param branch the branch; null on a detached head
 * @param commit the commit's full hexadecimal id
 * @param dirty whether tracked files differed from that commit
 * @param author the commit's author, as a Jenkins user id where known, else as the commit has it; null when unknown
 */
public record CodeRef(
        @CheckForNull String repository,
        @CheckForNull String branch,
        String commit,
        boolean dirty,
        @CheckForNull String author)
        implements Serializable {
    public CodeRef {
        repository = Limits.optionalLine("A commit's repository", repository, Limits.LINE);
        branch = Limits.optionalLine("A commit's branch", branch, Limits.LINE);
        if (commit == null || !commit.matches("[0-9a-fA-F]{7,64}")) {
            throw new IllegalArgumentException(
                    "A commit is a hexadecimal id of 7 to 64 digits, found " + Limits.shown(commit));
        }
        author = Limits.optionalLine("A commit's author", author, Limits.LINE);
    }
}
