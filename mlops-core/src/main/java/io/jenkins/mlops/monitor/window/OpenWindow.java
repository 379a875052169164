package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.drift.TableSample;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A window that is being filled. */
final class OpenWindow {
    final TableSample sample;
    final Set<Long> ids = new HashSet<>();

    /** Where its first row begins, by file. */
    final Map<LogFile, Long> first = new HashMap<>();

    /** Of its rows, in the order in which they are read. */
    final RowDigest digest = new RowDigest();

    long rows;
    long doubled;
    long beyond;
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;

    OpenWindow(TableSample sample) {
        this.sample = sample;
    }
}
