package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.drift.DriftOptions;
import io.jenkins.mlops.monitor.quality.EstimateOptions;
import io.jenkins.mlops.monitor.quality.Expectation;
import java.io.Serializable;
import java.util.List;

/**
 * One look at the logs of a monitor: everything that an agent needs for it, as plain values.
 *
 * @param source where the logs are
 * @param windows how they are cut
 * @param reference what they are compared with; null to read and check without comparing
 * @param drift which columns are compared, and how
 * @param expectations what every window is held to
 * @param estimate how quality is estimated without labels; null to leave it
 * @param limits what a look may take
 */
public record WatchTask(
        LogSource source,
        WindowSpec windows,
        @CheckForNull Reference reference,
        DriftOptions drift,
        List<Expectation> expectations,
        @CheckForNull EstimateOptions estimate,
        ReadingLimits limits)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public WatchTask {
        source = Expect.present(source, "a source");
        windows = Expect.present(windows, "windows");
        Expect.present(drift, "options of drift");
        Expect.present(limits, "limits");
        expectations = Expect.list(expectations, "expectations", Expect.COLUMNS);
        Expect.that(
                windows.unit() == WindowSpec.Unit.ROWS || !source.timeColumn().isEmpty(),
                "a time column for windows of time",
                "none");
    }
}
