package io.jenkins.plugins.mlops.monitor.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.FeedbackLook;
import io.jenkins.mlops.monitor.FeedbackRecord;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.QualityRecord;
import io.jenkins.mlops.monitor.SignalChange;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.plan.FeedbackPlan;
import io.jenkins.mlops.monitor.plan.MonitorPlan;
import io.jenkins.mlops.monitor.plan.QualitySignal;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.monitor.window.FeedbackResult;
import io.jenkins.mlops.monitor.window.FeedbackTask;
import io.jenkins.mlops.monitor.window.LabelFile;
import io.jenkins.mlops.monitor.window.PackedLabels;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.monitor.window.WindowQuality;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.monitor.retraining.Retrainings;
import io.jenkins.plugins.mlops.monitor.retraining.Rollbacks;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Joins labels to the predictions of a monitor, keeps the quality that they show, and has its alarms followed. */
@Extension
public final class Feedbacks {
    private static final int TRIES = 3;

    /** One look or join of a monitor at a time. */
    private final Map<String, ReentrantLock> locks = new HashMap<>();

    public static Feedbacks get() {
        return ExtensionList.lookupSingleton(Feedbacks.class);
    }

    /** What holds off other looks and joins of the same monitor. */
    ReentrantLock lock(String monitor) {
        synchronized (locks) {
            return locks.computeIfAbsent(monitor, id -> new ReentrantLock());
        }
    }

    /**
     * Takes labels.
     *
     * @param id the monitor
     * @param added the labels
     * @param plan how they are joined and judged from now on
     * @param now what time it is, in milliseconds since 1970
     */
    public FeedbackResult record(String id, PackedLabels added, FeedbackPlan plan, long now)
            throws IOException, InterruptedException {
        ReentrantLock lock = lock(id);
        lock.lockInterruptibly();
        try {
            return join(id, added, plan, now);
        } finally {
            lock.unlock();
        }
    }

    /** Joins the labels that are kept once more, after a look has closed windows. */
    void again(String id, long now) throws IOException, InterruptedException {
        Optional<FeedbackRecord> kept = RegistryConnection.get().monitors().feedback(id);
        if (kept.isPresent()) {
            join(id, PackedLabels.NONE, FeedbackPlan.of(kept.get().planJson()), now);
        }
    }

    private static FeedbackResult join(String id, PackedLabels added, FeedbackPlan plan, long now)
            throws IOException, InterruptedException {
        MonitorStore store = RegistryConnection.get().monitors();
        for (int i = 0; i < TRIES; i++) {
            MonitorRecord monitor = store.monitor(id)
                    .orElseThrow(() -> new RegistryException.NotFound("No monitor is named '" + id + "'"));
            MonitorPlan watched = MonitorPlan.of(monitor.configJson());
            FeedbackRecord before = store.feedback(id).orElse(null);
            Map<String, QualityRecord> known = new LinkedHashMap<>();
            store.qualities(id, MonitorStore.MOST)
                    .forEach(quality -> known.put(quality.quality().key(), quality));
            Map<String, String> digests = new HashMap<>();
            known.forEach((key, quality) -> digests.put(key, quality.quality().digest()));
            FeedbackTask task = new FeedbackTask(
                    watched.task(null, ServedData.of(monitor).inputs()).source(),
                    watched.windows(),
                    store.reading(id).orElseGet(() -> ReadingState.start(watched.windows())),
                    before == null ? PackedLabels.NONE : before.labels(),
                    added,
                    plan.options(),
                    digests,
                    LabelFile.LABELS);
            FeedbackResult result = join(monitor, watched, task);
            List<QualityRecord> changed = qualities(monitor, plan, result, now);
            for (QualityRecord quality : changed) {
                QualityRecord last = known.get(quality.quality().key());
                if (last == null
                        || last.quality().labelled() <= quality.quality().labelled()) {
                    known.put(quality.quality().key(), quality);
                }
            }
            FeedbackLook look = look(store, monitor, watched, plan, before, result, changed, known, now);
            if (store.keep(look)) {
                Rollbacks.get().consider(monitor, watched, look.tracks(), now);
                Retrainings.get().consider(monitor, watched, look.tracks(), List.of(), now);
                return result;
            }
        }
        throw new IOException("The monitor '" + id + "' was changed again and again; record the labels later.");
    }

    private static FeedbackResult join(MonitorRecord monitor, MonitorPlan watched, FeedbackTask task)
            throws IOException, InterruptedException {
        StoredLogs stored = LogStores.of(monitor, watched, MonitorLooks.isHere(watched));
        return stored == null
                ? MonitorLooks.place(watched).act(new JoinLabelsTask(watched.logs(), task, MonitorLooks.roots(watched)))
                : MonitorLooks.place(watched).act(new JoinStoredLabelsTask(stored, task));
    }

    private static FeedbackLook look(
            MonitorStore store,
            MonitorRecord monitor,
            MonitorPlan watched,
            FeedbackPlan plan,
            @CheckForNull FeedbackRecord before,
            FeedbackResult result,
            List<QualityRecord> changed,
            Map<String, QualityRecord> known,
            long now) {
        String gone = before == null ? "" : FeedbackPlan.of(before.planJson()).signal();
        List<SignalTrack> tracks = new ArrayList<>();
        SignalTrack last = null;
        for (SignalTrack track : store.tracks(monitor.id())) {
            if (track.name().equals(plan.signal())) {
                last = track;
            } else if (!track.name().equals(gone)) {
                tracks.add(track);
            }
        }
        SignalTrack track = new QualitySignal(plan, watched.minimumRows(), watched.hysteresis())
                .track(last, List.copyOf(known.values()), now);
        tracks.add(track);
        SignalTrack from = last == null ? SignalTrack.quiet(plan.signal(), now) : last;
        List<SignalChange> changes = track.state() == from.state()
                ? List.of()
                : List.of(new SignalChange(
                        monitor.id(),
                        track.name(),
                        from.state(),
                        track.state(),
                        track.severity(),
                        track.lastWindow(),
                        track.evidence(),
                        now));
        return new FeedbackLook(
                new FeedbackRecord(monitor.id(), plan.toJson(), result.labels(), result.counts(), now),
                monitor.revision(),
                changed,
                tracks,
                changes);
    }

    private static List<QualityRecord> qualities(
            MonitorRecord monitor, FeedbackPlan plan, FeedbackResult result, long now) {
        Map<Integer, Optional<MetricValue>> references = new HashMap<>();
        List<QualityRecord> records = new ArrayList<>();
        MonitorStore store = RegistryConnection.get().monitors();
        for (WindowQuality quality : result.windows()) {
            int version = store.window(monitor.id(), quality.key())
                    .map(WindowRecord::version)
                    .orElse(0);
            MetricValue reference = references
                    .computeIfAbsent(version, number -> reference(monitor.model(), number, plan.metric()))
                    .orElse(null);
            records.add(new QualityRecord(monitor.id(), version, quality, reference, now));
        }
        return records;
    }

    /** How a version was evaluated before it served, by the newest evaluation that can be read. */
    private static Optional<MetricValue> reference(String model, int version, String metric) {
        ModelRegistry registry = RegistryConnection.get().registry();
        if (version == 0) {
            return Optional.empty();
        }
        try {
            for (EvaluationRecord known : registry.evaluations(model, version)) {
                EvaluationDocument document = Json.read(known.json(), EvaluationDocument.class);
                Optional<MetricValue> value = document.report()
                        .findMetric(metric)
                        .map(document.report().metrics()::get);
                if (value.isPresent()) {
                    return value;
                }
            }
            Double given = registry.version(model, version).metrics().get(metric);
            return given == null ? Optional.empty() : Optional.of(MetricValue.of(given));
        } catch (RegistryException.NotFound | IllegalArgumentException x) {
            return Optional.empty();
        }
    }
}
