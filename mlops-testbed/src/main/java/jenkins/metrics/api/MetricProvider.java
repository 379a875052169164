package jenkins.metrics.api;

import com.codahale.metrics.MetricSet;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;

/** Offers metrics, which the plugin registers once Jenkins has found its extensions. */
public abstract class MetricProvider implements ExtensionPoint {
    @NonNull
    public abstract MetricSet getMetricSet();
}
