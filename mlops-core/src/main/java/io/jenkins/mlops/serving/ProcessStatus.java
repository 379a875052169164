package io.jenkins.mlops.serving;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * What is known of the process of a release.
 *
 * @param running whether the very process that was started is alive
 * @param process the process as it was started; {@code null} if none was
 * @param detail one sentence for people
 * @param logTail the end of its log, when it isn't running; else empty
 */
public record ProcessStatus(boolean running, @CheckForNull RunningProcess process, String detail, String logTail)
        implements Serializable {
    public ProcessStatus {
        Checks.text("the detail of a process status", detail, Checks.TEXT);
        Checks.text("the log tail of a process status", logTail, 2 * ProcessTarget.MAX_TAIL);
        if (running && process == null) {
            throw new IllegalArgumentException("a running process must be named; found none");
        }
    }
}
