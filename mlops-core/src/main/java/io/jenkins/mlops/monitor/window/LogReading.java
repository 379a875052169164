package io.jenkins.mlops.monitor.window;

import java.io.IOException;
import java.nio.file.Path;

/** One reading of the logs below a folder. */
final class LogReading {
    LogReading(Path folder, WatchTask task, ReadingState state, long now) {}

    WatchResult run() throws IOException {
        throw new UnsupportedOperationException();
    }
}
