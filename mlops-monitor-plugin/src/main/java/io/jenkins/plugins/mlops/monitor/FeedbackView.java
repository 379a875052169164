package io.jenkins.plugins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Api;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.FeedbackRecord;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.QualityRecord;
import io.jenkins.mlops.monitor.plan.FeedbackPlan;
import io.jenkins.mlops.monitor.plan.MonitorPlan;
import io.jenkins.mlops.monitor.plan.QualitySignal;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.Badge;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The quality of a monitor's windows by the labels that have come, on its page and in the API. */
@ExportedBean
public final class FeedbackView {
    private static final int WINDOWS = 60;

    private final FeedbackRecord feedback;
    private final FeedbackPlan plan;
    private final List<Window> windows;

    private FeedbackView(MonitorRecord monitor, FeedbackRecord feedback) {
        MonitorPlan watched = MonitorPlan.of(monitor.configJson());
        this.feedback = feedback;
        this.plan = FeedbackPlan.of(feedback.planJson());
        QualitySignal signal = new QualitySignal(plan, watched.minimumRows(), watched.hysteresis());
        this.windows = RegistryConnection.get().monitors().qualities(monitor.id(), WINDOWS).stream()
                .map(record ->
                        new Window(record, plan.metric(), signal.finding(record).name()))
                .toList();
    }

    /** The labels of a monitor; null before the first ones came. */
    @CheckForNull
    static FeedbackView of(MonitorRecord monitor) {
        MonitorStore store = RegistryConnection.get().monitors();
        return store.feedback(monitor.id())
                .map(feedback -> new FeedbackView(monitor, feedback))
                .orElse(null);
    }

    public Api getApi() {
        return new Api(this);
    }

    /** The metric that is watched. */
    @Exported
    public String getMetric() {
        return plan.metric();
    }

    /** Labels kept, each id once. */
    @Exported
    public long getLabels() {
        return feedback.counts().labels();
    }

    /** Labels whose prediction hasn't come. */
    @Exported
    public long getUnknown() {
        return feedback.counts().unknown();
    }

    public String getTime() {
        return NumberText.time(feedback.millis());
    }

    /** The windows that have labels, the youngest first. */
    @Exported(inline = true)
    public List<Window> getWindows() {
        return windows;
    }

    /** One window. */
    @ExportedBean(defaultVisibility = 2)
    public static final class Window {
        private final QualityRecord record;
        private final String metric;
        private final String finding;

        Window(QualityRecord record, String metric, String finding) {
            this.record = record;
            this.metric = metric;
            this.finding = finding;
        }

        @Exported
        public String getWindow() {
            return record.quality().key();
        }

        @Exported
        public int getVersion() {
            return record.version();
        }

        @Exported
        public long getPredictions() {
            return record.quality().predictions();
        }

        @Exported
        public long getLabelled() {
            return record.quality().labelled();
        }

        /** {@code GOOD}, {@code BAD} or {@code INCONCLUSIVE}. */
        @Exported
        public String getFinding() {
            return finding;
        }

        public Badge getBadge() {
            return Badge.of(finding.equals("GOOD") ? "OK" : finding.equals("BAD") ? "FAIL" : finding);
        }

        /** The metric with its interval; empty where there is none. */
        @Exported
        public String getValue() {
            return text(record.quality().metrics().get(metric));
        }

        /** The same as the version was evaluated with before it served. */
        @Exported
        public String getReference() {
            return text(record.reference());
        }

        /** What a reader should know. */
        @Exported
        public String getNotes() {
            return String.join(" ", record.quality().notes());
        }

        private static String text(@CheckForNull MetricValue value) {
            return value == null
                    ? ""
                    : NumberText.metric(value.value())
                            + (value.hasInterval()
                                    ? " [" + NumberText.metric(value.lower()) + ", " + NumberText.metric(value.upper())
                                            + "]"
                                    : "");
        }
    }
}
