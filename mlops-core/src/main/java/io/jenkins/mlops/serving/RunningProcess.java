package io.jenkins.mlops.serving;

import java.io.Serializable;

/**
 * A process that serves.
 *
 * @param pid process id, positive
 * @param startTimeMillis when the process started, in ms since the epoch, as the operating system says
 * @param identity what tells this process from a later one with the same id: boot and start tick on Linux, the start
 *     time elsewhere
 * @param port port that it was told to listen on
 * @param url address of the process
 * @param logFile absolute path of the file that gets its output, on its machine
 */
public record RunningProcess(long pid, long startTimeMillis, String identity, int port, String url, String logFile)
        implements Serializable {
    public RunningProcess {
        Checks.range("a process id", pid, 1, Long.MAX_VALUE);
        Checks.range("the start time of a process", startTimeMillis, 0, Long.MAX_VALUE);
        Checks.text("the identity of a process", identity, 256);
        Checks.range("the port of a process", port, 1, 65535);
        Checks.address("the URL of a process", url);
        Checks.text("the log file of a process", logFile, Checks.TEXT);
    }
}
