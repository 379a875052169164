package io.jenkins.plugins.mlops.monitor.watch;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.mlops.monitor.MonitorRecord;
import java.util.List;

/** Monitors that stand somewhere as configuration; the store follows it within a minute. */
public interface DeclaredMonitors extends ExtensionPoint {
    /** What is declared now. */
    List<MonitorRecord> declared();

    /** All places where monitors are declared. */
    static ExtensionList<DeclaredMonitors> all() {
        return ExtensionList.lookup(DeclaredMonitors.class);
    }
}
