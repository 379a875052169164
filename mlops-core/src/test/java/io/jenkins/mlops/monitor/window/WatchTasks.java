package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.drift.DriftOptions;
import java.util.List;

/** Tasks as tests need them. */
public final class WatchTasks {
    private WatchTasks() {}

    /** One that cuts and counts rows, and compares nothing. */
    public static WatchTask counting(LogSource source, WindowSpec windows) {
        return new WatchTask(source, windows, null, DriftOptions.DEFAULT, List.of(), null, ReadingLimits.DEFAULT);
    }
}
