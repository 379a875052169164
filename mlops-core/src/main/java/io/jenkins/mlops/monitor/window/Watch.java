package io.jenkins.mlops.monitor.window;

import java.io.IOException;
import java.nio.file.Path;

/** One look at prediction logs, on the machine that they are on. */
public final class Watch {
    private Watch() {}

    /**
     * Reads what is new below a folder, closes the windows that are over, and compares them with the reference.
     *
     * <p>Changes nothing: the same call with the same state gives the same result, until the logs change or time passes.
     *
     * @param folder the folder that the source's pattern begins at
     * @param task what to do
     * @param state how far was read; {@link ReadingState#start} the first time
     * @param nowMillis the time of the controller's clock
     * @throws IOException when a file can't be read; nothing is lost, the next look begins from the same state
     */
    public static WatchResult look(Path folder, WatchTask task, ReadingState state, long nowMillis) throws IOException {
        return new LogReading(folder, task, state, nowMillis).run();
    }
}
