package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.List;

/**
 * Where the prediction logs are and how to read them.
 *
 * @param pattern the files, as a glob below the folder that is read, such as {@code predictions*.jsonl*}
 * @param format the format; {@link DataFormat#OTHER} to tell each file's by its name, through endings of rotation
 *     ({@code .1}, {@code .20261129}, {@code .gz})
 * @param timeColumn the column of a row's time: ISO 8601, or seconds or milliseconds since 1970; empty when there is none
 *     (then windows are by rows)
 * @param idColumn the column of a row's id, by which doubled rows are known; empty when there is none
 * @param inputs the columns that the serving version asks for, in the order of its signature: names for the cells of
 *     captured requests that have none; empty when they are not known
 */
public record LogSource(String pattern, DataFormat format, String timeColumn, String idColumn, List<String> inputs)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public LogSource {
        Expect.name(pattern, "a pattern of files");
        Expect.that(!pattern.startsWith("/") && !pattern.contains(".."), "a pattern below the folder", pattern);
        Expect.that(format != null, "a format", null);
        Expect.text(timeColumn, "a column's name", Expect.NAME);
        Expect.text(idColumn, "a column's name", Expect.NAME);
        inputs = Expect.list(inputs, "columns", Expect.COLUMNS);
    }

    /** Logs whose cells have names of their own. */
    public LogSource(String pattern, DataFormat format, String timeColumn, String idColumn) {
        this(pattern, format, timeColumn, idColumn, List.of());
    }

    /** Matches the paths of the files. */
    public PathMatcher matcher() {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }

    /** Whether a file is a log, by its name or because all are said to be. */
    public boolean isLog(String path) {
        return format != DataFormat.OTHER || LogFile.format(path) != DataFormat.OTHER;
    }
}
