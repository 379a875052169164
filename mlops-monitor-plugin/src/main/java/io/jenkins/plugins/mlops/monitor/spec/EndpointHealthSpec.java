package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.monitor.endpoint.EndpointPlan;
import io.jenkins.mlops.monitor.endpoint.EndpointRules;
import io.jenkins.mlops.monitor.plan.SpanText;
import io.jenkins.plugins.mlops.monitor.trigger.SourceCredentials;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What is watched of an endpoint itself: errors, latency and saturation, by its metrics and by the probe. */
public final class EndpointHealthSpec implements Describable<EndpointHealthSpec>, Serializable {
    private static final long serialVersionUID = 1L;

    private String metrics = "";
    // Null in configuration that was kept before there was such a thing.
    private String metricsCredentialsId = "";
    private String requests = "http_requests_total";
    private String codeLabel = "code";
    private String latency = "http_request_duration_seconds";
    private String saturation = "";
    private String window = "5m";
    private double maxErrorShare = 0.05;
    private String maxLatency50 = "";
    private String maxLatency95 = "";
    private String maxLatency99 = "";
    private double maxSaturation = 0.9;
    private long minimumRequests = 20;

    @DataBoundConstructor
    public EndpointHealthSpec() {}

    public String getMetrics() {
        return metrics;
    }

    /** Where its metrics are in Prometheus' text format: a URL, or a path such as {@code /metrics} at the endpoint's address; empty for the probe alone. */
    @DataBoundSetter
    public void setMetrics(@CheckForNull String metrics) {
        this.metrics = Util.fixNull(metrics).trim();
    }

    public String getMetricsCredentialsId() {
        return Util.fixNull(metricsCredentialsId);
    }

    /** The id of a secret text that is sent for the metrics as bearer token; empty for none. */
    @DataBoundSetter
    public void setMetricsCredentialsId(@CheckForNull String metricsCredentialsId) {
        this.metricsCredentialsId = Util.fixNull(metricsCredentialsId).trim();
    }

    public String getRequests() {
        return requests;
    }

    /** The counter of requests; {@code http_requests_total} when empty. */
    @DataBoundSetter
    public void setRequests(@CheckForNull String requests) {
        this.requests = Util.fixEmptyAndTrim(requests) == null ? "http_requests_total" : requests.trim();
    }

    public String getCodeLabel() {
        return codeLabel;
    }

    /** Its label of the status code, of which those that begin with 5 have failed; {@code code} when empty. */
    @DataBoundSetter
    public void setCodeLabel(@CheckForNull String codeLabel) {
        this.codeLabel = Util.fixEmptyAndTrim(codeLabel) == null ? "code" : codeLabel.trim();
    }

    public String getLatency() {
        return latency;
    }

    /** The histogram of latency in seconds, without {@code _bucket}; {@code http_request_duration_seconds} when empty. */
    @DataBoundSetter
    public void setLatency(@CheckForNull String latency) {
        this.latency = Util.fixEmptyAndTrim(latency) == null ? "http_request_duration_seconds" : latency.trim();
    }

    public String getSaturation() {
        return saturation;
    }

    /** A gauge from 0 to 1 of how full it is; empty for none. */
    @DataBoundSetter
    public void setSaturation(@CheckForNull String saturation) {
        this.saturation = Util.fixNull(saturation).trim();
    }

    public String getWindow() {
        return window;
    }

    /** How much time is judged together; {@code 5m} when empty. */
    @DataBoundSetter
    public void setWindow(@CheckForNull String window) {
        this.window = Util.fixEmptyAndTrim(window) == null ? "5m" : window.trim();
    }

    public double getMaxErrorShare() {
        return maxErrorShare;
    }

    /** The greatest share of failed requests, from 0 to 1; 0.05 by default. */
    @DataBoundSetter
    public void setMaxErrorShare(double maxErrorShare) {
        this.maxErrorShare = maxErrorShare;
    }

    public String getMaxLatency50() {
        return maxLatency50;
    }

    /** The longest latency at 50 %, such as {@code 100ms}; empty for any. */
    @DataBoundSetter
    public void setMaxLatency50(@CheckForNull String maxLatency50) {
        this.maxLatency50 = Util.fixNull(maxLatency50).trim();
    }

    public String getMaxLatency95() {
        return maxLatency95;
    }

    /** The longest latency at 95 %, such as {@code 250ms}; empty for any. */
    @DataBoundSetter
    public void setMaxLatency95(@CheckForNull String maxLatency95) {
        this.maxLatency95 = Util.fixNull(maxLatency95).trim();
    }

    public String getMaxLatency99() {
        return maxLatency99;
    }

    /** The longest latency at 99 %, such as {@code 1s}; empty for any. */
    @DataBoundSetter
    public void setMaxLatency99(@CheckForNull String maxLatency99) {
        this.maxLatency99 = Util.fixNull(maxLatency99).trim();
    }

    public double getMaxSaturation() {
        return maxSaturation;
    }

    /** The highest saturation, from 0 to 1; 0.9 by default. */
    @DataBoundSetter
    public void setMaxSaturation(double maxSaturation) {
        this.maxSaturation = maxSaturation;
    }

    public long getMinimumRequests() {
        return minimumRequests;
    }

    /** With fewer requests in a window nothing is concluded from them; 20 by default. */
    @DataBoundSetter
    public void setMinimumRequests(long minimumRequests) {
        this.minimumRequests = minimumRequests;
    }

    /** @throws IllegalArgumentException saying which option was expected to be what */
    EndpointPlan plan() {
        Map<Double, Double> latencies = new TreeMap<>();
        limit(latencies, 0.5, "maxLatency50", maxLatency50);
        limit(latencies, 0.95, "maxLatency95", maxLatency95);
        limit(latencies, 0.99, "maxLatency99", maxLatency99);
        return new EndpointPlan(
                metrics,
                new EndpointRules(
                        requests,
                        codeLabel,
                        latency,
                        maxErrorShare,
                        latencies,
                        minimumRequests,
                        saturation,
                        maxSaturation),
                SpanText.millis("window", window),
                getMetricsCredentialsId());
    }

    private static void limit(Map<Double, Double> latencies, double level, String what, String span) {
        if (!span.isEmpty()) {
            latencies.put(level, SpanText.millis(what, span) / 1_000.0);
        }
    }

    /** Describes it. */
    @Extension
    @Symbol("endpointHealth")
    public static final class DescriptorImpl extends Descriptor<EndpointHealthSpec> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.EndpointHealthSpec_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillMetricsCredentialsIdItems(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String metricsCredentialsId) {
            return SourceCredentials.secrets(item, metricsCredentialsId);
        }
    }
}
