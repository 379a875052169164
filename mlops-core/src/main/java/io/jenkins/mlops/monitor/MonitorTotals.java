package io.jenkins.mlops.monitor;

/**
 * How many monitors and retrainings there are, by how they are: no names, so that whoever may see no model may see it.
 *
 * @param monitors all monitors, those that are switched off too
 * @param alarm enabled monitors with a signal in alarm
 * @param suspect enabled monitors with a suspect signal, and none in alarm
 * @param failing enabled monitors that fail to look, whatever their signals are
 * @param retrainings retrainings that are claimed, queued or running
 * @param suggestions retrainings that wait for a person
 */
public record MonitorTotals(int monitors, int alarm, int suspect, int failing, int retrainings, int suggestions) {
    /** Where nothing is monitored. */
    public static final MonitorTotals NONE = new MonitorTotals(0, 0, 0, 0, 0, 0);
}
