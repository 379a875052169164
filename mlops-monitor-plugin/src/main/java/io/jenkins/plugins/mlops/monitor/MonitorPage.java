package io.jenkins.plugins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.mlops.monitor.MonitorDecision;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.SignalChange;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.drift.ColumnDrift;
import io.jenkins.mlops.monitor.drift.DriftReport;
import io.jenkins.mlops.monitor.plan.MonitorPlan;
import io.jenkins.mlops.monitor.quality.ValuePlan;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.monitor.window.WindowResult;
import io.jenkins.plugins.mlops.monitor.chart.HeatMap;
import io.jenkins.plugins.mlops.monitor.chart.HistogramPair;
import io.jenkins.plugins.mlops.monitor.retraining.RetrainingView;
import io.jenkins.plugins.mlops.monitor.retraining.Retrainings;
import io.jenkins.plugins.mlops.monitor.watch.MonitorLooks;
import io.jenkins.plugins.mlops.monitor.watch.Recordings;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.Badge;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page of one monitor: its signals, what was seen and what followed, drift by column, retrainings and their effect. */
@ExportedBean
@Restricted(NoExternalUse.class) // bound to the URL
public final class MonitorPage {
    private static final int WINDOWS = 60;
    private static final int COLUMNS = 40;
    private static final int EVENTS = 100;
    private static final int NOTES = 30;
    private static final int DISTRIBUTIONS = 8;
    private static final int ATTEMPTS = 50;

    private final MonitorRecord monitor;

    @CheckForNull
    private final MonitorPlan plan;

    /** @param monitor one that the reader may see */
    MonitorPage(MonitorRecord monitor) {
        this.monitor = monitor;
        this.plan = plan(monitor);
    }

    /** Null for one that an earlier version took and this one refuses: its page says so as a failed look. */
    @CheckForNull
    private static MonitorPlan plan(MonitorRecord monitor) {
        try {
            return MonitorPlan.of(monitor.configJson());
        } catch (IllegalArgumentException x) {
            return null;
        }
    }

    private static MonitorStore store() {
        return RegistryConnection.get().monitors();
    }

    public String getTitle() {
        return "Monitor " + monitor.id();
    }

    @Exported(name = "monitor")
    public MonitorRow getRow() {
        return new MonitorRow(monitor, store().signals(monitor.id()));
    }

    /** Where the model's page is, from the root of Jenkins. */
    public String getModelPath() {
        return "mlops/model/" + Util.rawEncode(monitor.model()) + "/";
    }

    /** One line of the page's tables. */
    public record Line(String time, String what, Badge badge, String text) {
        public String getTime() {
            return time;
        }

        public String getWhat() {
            return what;
        }

        public Badge getBadge() {
            return badge;
        }

        public String getText() {
            return text;
        }
    }

    public List<Line> getSignals() {
        return store().signals(monitor.id()).stream()
                .map(track -> new Line(
                        NumberText.time(track.sinceMillis()),
                        track.name(),
                        Badge.of(track.state().name()),
                        text(track)))
                .toList();
    }

    private static String text(SignalTrack track) {
        return track.severity().symbol() + (track.evidence().isEmpty() ? "" : ": " + track.evidence());
    }

    /** What a reader should know of the last looks and of the youngest window. */
    public List<String> getNotes() {
        List<String> notes = new ArrayList<>(
                store().reading(monitor.id()).map(ReadingState::notes).orElse(List.of()));
        for (WindowRecord light : store().windows(monitor.id(), 1)) {
            WindowResult youngest = store().window(monitor.id(), light.result().key())
                    .orElse(light)
                    .result();
            List<String> its = new ArrayList<>(youngest.notes());
            DriftReport drift = youngest.drift();
            if (drift != null) {
                its.addAll(drift.notes());
                for (ColumnDrift column : drift.columns()) {
                    column.notes().forEach(note -> its.add(column.column() + ": " + note));
                }
            }
            its.forEach(note -> notes.add("Window " + youngest.key() + ": " + note));
        }
        return notes.size() <= NOTES ? notes : notes.subList(0, NOTES);
    }

    /** What was seen and what followed, the youngest first. */
    public List<Line> getTimeline() {
        Map<Line, Long> times = new LinkedHashMap<>();
        for (SignalChange change : store().changes(monitor.id(), EVENTS)) {
            times.put(
                    new Line(
                            NumberText.time(change.millis()),
                            change.signal(),
                            Badge.of(change.to().name()),
                            change.window() + ": " + change.evidence()),
                    change.millis());
        }
        for (MonitorDecision decision : store().decisions(monitor.id(), EVENTS)) {
            times.put(
                    new Line(
                            NumberText.time(decision.millis()),
                            decision.kind(),
                            Badge.of(decision.action()),
                            String.join(" ", decision.reasons())),
                    decision.millis());
        }
        return times.entrySet().stream()
                .sorted(Map.Entry.<Line, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .limit(EVENTS)
                .toList();
    }

    /** Drift of each column over the last windows; of the columns that drifted most. */
    public HeatMap getHeatMap() {
        List<WindowRecord> windows = new ArrayList<>(store().windows(monitor.id(), WINDOWS));
        Collections.reverse(windows);
        Map<String, Integer> drifted = new LinkedHashMap<>();
        for (WindowRecord window : windows) {
            for (ColumnDrift column : columns(window)) {
                drifted.merge(column.column(), column.drifted() ? 1 : 0, Integer::sum);
            }
        }
        List<String> names = drifted.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(COLUMNS)
                .map(Map.Entry::getKey)
                .toList();
        List<HeatMap.Row> rows = new ArrayList<>();
        for (String name : names) {
            List<HeatMap.Cell> cells = new ArrayList<>();
            for (int i = 0; i < windows.size(); i++) {
                cells.add(cell(i, windows.get(i), name));
            }
            rows.add(HeatMap.row(rows.size(), name, cells));
        }
        return new HeatMap(
                "Drift of " + names.size() + " columns over " + windows.size() + " windows, the oldest at the left",
                rows);
    }

    private static List<ColumnDrift> columns(WindowRecord window) {
        DriftReport drift = window.result().drift();
        return drift == null ? List.of() : drift.columns();
    }

    private static HeatMap.Cell cell(int index, WindowRecord window, String name) {
        for (ColumnDrift column : columns(window)) {
            if (column.column().equals(name)) {
                return HeatMap.cell(
                        index, heat(column), column.drifted(), window.result().key() + ": " + figure(column));
            }
        }
        return HeatMap.cell(index, -1, false, window.result().key() + ": not compared");
    }

    private static String figure(ColumnDrift column) {
        return HistogramPair.caption(column) + (column.drifted() ? ", drifted" : "");
    }

    /** From 0 to 4 by how far a distance is beyond its threshold, or how small a p-value. */
    private static int heat(ColumnDrift column) {
        double score = column.score();
        double threshold = column.rule().threshold();
        if (Double.isNaN(score)) {
            return -1;
        }
        double ratio = column.rule().statistic().comparesPValue()
                ? Math.log10(Math.max(score, 1e-12)) / Math.log10(Math.min(Math.max(threshold, 1e-12), 0.5))
                : threshold == 0 ? 0 : score / threshold;
        return ratio < 0.5 ? 0 : ratio < 1 ? 1 : ratio < 2 ? 2 : ratio < 4 ? 3 : 4;
    }

    /** The distributions of the youngest window that has any: of the columns that drifted, then of others. */
    public List<HistogramPair> getDistributions() {
        for (WindowRecord light : store().windows(monitor.id(), 5)) {
            WindowRecord whole =
                    store().window(monitor.id(), light.result().key()).orElse(light);
            List<HistogramPair> pairs = columns(whole).stream()
                    .filter(column -> !column.histogram().none())
                    .sorted(Comparator.comparing(ColumnDrift::drifted).reversed())
                    .limit(DISTRIBUTIONS)
                    .map(HistogramPair::new)
                    .toList();
            if (!pairs.isEmpty()) {
                return pairs;
            }
        }
        return List.of();
    }

    @Exported(inline = true)
    public List<RetrainingView> getRetrainings() {
        return store().attempts(monitor.model(), ATTEMPTS).stream()
                .filter(attempt -> attempt.monitor().equals(monitor.id()))
                .map(RetrainingView::new)
                .toList();
    }

    /** Whether the last retrainings were in vain, so that it asks people now instead of retraining by itself. */
    public boolean isTurnedDown() {
        return plan != null
                && plan.policy().turnedDown(monitor.id(), store().attempts(monitor.model(), MonitorStore.MOST));
    }

    /** After how many retrainings in vain it turns itself down. */
    public int getHelplessAfter() {
        return plan == null ? 0 : plan.helplessAfter();
    }

    /** Whether it suggests retrainings that no job builds. */
    public boolean isByHand() {
        return monitor.job().isEmpty() && plan != null && plan.retrains();
    }

    /** How the endpoint did. */
    public HealthView getHealth() {
        return new HealthView(store().healthWindows(monitor.id(), WINDOWS));
    }

    /** How the endpoint did, window by window, the youngest first. */
    @Exported(inline = true)
    public List<HealthWindowBean> getEndpointWindows() {
        return store().healthWindows(monitor.id(), WINDOWS).stream()
                .map(HealthWindowBean::new)
                .toList();
    }

    /** What predictions cost and were worth; null when nobody says what they are worth. */
    @CheckForNull
    public ValueView getValue() {
        ValuePlan value = plan == null ? null : plan.rules().value();
        return value == null
                ? null
                : new ValueView(
                        value, store().windows(monitor.id(), WINDOWS), store().qualities(monitor.id(), WINDOWS));
    }

    public Api getApi() {
        return new Api(this);
    }

    /** The quality by labels; null before the first ones came. */
    @CheckForNull
    public FeedbackView getFeedback() {
        return FeedbackView.of(monitor);
    }

    /** Whether the reader may have a suggestion built. */
    public boolean isRetraining() {
        return MonitorAccess.retrains(monitor);
    }

    public boolean isDeciding() {
        return MonitorAccess.declines(monitor);
    }

    public boolean isChanging() {
        return MonitorAccess.configures(monitor);
    }

    /**
     * Decides on a retraining that is suggested.
     *
     * @param key which one
     * @param retrain {@code true} to build it, anything else to decline
     */
    @RequirePOST
    public HttpResponse doDecide(@QueryParameter String key, @QueryParameter String retrain) {
        if (!MonitorAccess.declines(monitor)) {
            Jenkins.get().checkPermission(Item.BUILD);
        }
        if ("true".equals(retrain) && monitor.job().isEmpty()) {
            return HttpResponses.errorWithoutStack(
                    409, "This monitor names no job that retrains; retrain by hand, then decline the suggestion");
        }
        User user = User.current();
        if (user == null) {
            return HttpResponses.forbidden();
        }
        boolean ours = store().attempt(Util.fixNull(key).isEmpty() ? "none" : key)
                .filter(attempt -> attempt.monitor().equals(monitor.id()))
                .isPresent();
        long now = RegistryConnection.get().clock().millis();
        boolean settled = ours
                && ("true".equals(retrain)
                        ? Retrainings.get().confirm(key, user.getId(), now)
                        : Retrainings.get().dismiss(key, now));
        return settled
                ? HttpResponses.redirectTo(".")
                : HttpResponses.errorWithoutStack(409, "This suggestion was decided on already");
    }

    /** Looks now, whatever its interval. */
    @RequirePOST
    public HttpResponse doLook() {
        checkChanging();
        MonitorLooks.get().submit(monitor.id());
        return HttpResponses.redirectTo(".");
    }

    /**
     * Has it look, or no more.
     *
     * @param enabled {@code true} or {@code false}
     */
    @RequirePOST
    public HttpResponse doEnable(@QueryParameter String enabled) {
        checkChanging();
        store().save(new MonitorRecord(
                monitor.id(),
                monitor.model(),
                monitor.endpoint(),
                monitor.job(),
                monitor.configJson(),
                "true".equals(enabled),
                monitor.createdMillis(),
                monitor.changedMillis(),
                monitor.lookedMillis(),
                monitor.failures(),
                monitor.failure(),
                monitor.revision()));
        return HttpResponses.redirectTo(".");
    }

    /** Removes it with everything it has seen; one that is declared somewhere comes back. */
    @RequirePOST
    public HttpResponse doDelete() throws IOException {
        checkChanging();
        store().delete(monitor.id());
        Recordings.delete(monitor.id());
        return HttpResponses.redirectTo("../..");
    }

    private void checkChanging() {
        if (!MonitorAccess.configures(monitor)) {
            Jenkins.get().checkPermission(MlopsPermissions.CONFIGURE);
        }
    }
}
