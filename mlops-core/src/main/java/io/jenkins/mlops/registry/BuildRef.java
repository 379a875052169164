package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * Points at one Jenkins build, by plain values that stay readable after the build is gone.
 *
 * @param job the job's full name, folders separated by {@code /}
 * @param number the build's number, at least 1
 * @param url absolute URL of the build's page; null where the controller doesn't know its own address
 * @param externalizableId Jenkins' own id, {@code <job's full name>#<number>}; null takes just that
 */
public record BuildRef(
        String job,
        int number,
        @CheckForNull String url,
        @CheckForNull String externalizableId) implements Serializable {
    public BuildRef {
        job = Limits.line("A build's job", job, Limits.LINE);
        number = (int) Limits.range("A build's number", number, 1, Integer.MAX_VALUE);
        url = Limits.optionalLine("A build's URL", url, Limits.LINE);
        externalizableId = externalizableId == null || externalizableId.isBlank()
                ? job + "#" + number
                : Limits.line("A build's id", externalizableId, Limits.LINE);
    }

    /** The id of a build that may be absent; null for none. */
    @CheckForNull
    public static String idOf(@CheckForNull BuildRef build) {
        return build == null ? null : build.externalizableId();
    }

    /** The build as a person writes it: {@code folder/job #42}. */
    public String displayName() {
        return job + " #" + number;
    }
}
