package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * What the current data are compared with: rows in a file on the agent, or the profile that was kept at registration.
 *
 * @param file a file of rows (CSV, JSON Lines, Parquet), by its path on the agent; empty when there is none
 * @param profile the profile; null when there is none. It has quantiles and the most frequent values only: what is
 *     computed from it is approximate, and says so
 */
public record Reference(String file, @CheckForNull DataProfile profile) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Reference {
        Expect.text(file, "a path", 4_096);
        Expect.that(file.isEmpty() != (profile == null), "either a file or a profile", file);
    }

    public static Reference rows(String file) {
        return new Reference(file, null);
    }

    public static Reference of(DataProfile profile) {
        return new Reference("", profile);
    }
}
