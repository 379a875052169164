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
        return look(new LogFolder(folder), task, state, nowMillis, nowMillis);
    }

    /**
     * As {@link #look(Path, WatchTask, ReadingState, long)}, of logs that are elsewhere.
     *
     * @param untilMillis windows stay open that end after this moment: the clock's time, or an earlier one when rows up
     *     to then are all that is there yet
     */
    public static WatchResult look(LogPlace place, WatchTask task, ReadingState state, long nowMillis, long untilMillis)
            throws IOException {
        return new LogReading(place, task, state, nowMillis, Math.min(nowMillis, untilMillis)).run();
    }
}
