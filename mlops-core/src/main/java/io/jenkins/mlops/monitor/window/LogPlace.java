package io.jenkins.mlops.monitor.window;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the log files of a monitor are. */
public interface LogPlace {
    /**
     * A file of a log.
     *
     * @param path what it is called: its path below the place, with {@code /}; its ending tells the format
     * @param file where it can be read on this machine
     * @param modifiedMillis when it was last written, in milliseconds since 1970
     * @param whole whether its writer is done with it, so that a last line without an end is one all the same
     */
    record Found(String path, Path file, long modifiedMillis, boolean whole) {}

    /**
     * The files that are there, in any order.
     *
     * @param source which of them are logs
     * @param notes takes what a reader should know
     */
    List<Found> files(LogSource source, List<String> notes) throws IOException;
}
