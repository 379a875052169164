package io.jenkins.mlops.monitor.plan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.evaluation.MetricCatalog;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.QualityRecord;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.signal.Hysteresis;
import io.jenkins.mlops.monitor.signal.Observation;
import io.jenkins.mlops.monitor.signal.Observation.Finding;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The signal of the quality that labels show.
 *
 * <p>Labels of a window come bit by bit and are corrected, so its quality is no last word. The signal is therefore what the
 * last windows say together as they stand now, in their order; the same labels always give the same signal.
 */
public final class QualitySignal {
    private final FeedbackPlan plan;
    private final long minimumRows;
    private final Hysteresis hysteresis;

    /** @param minimumRows with fewer labelled rows a window says nothing */
    public QualitySignal(FeedbackPlan plan, long minimumRows, Hysteresis hysteresis) {
        this.plan = plan;
        this.minimumRows = minimumRows;
        this.hysteresis = hysteresis;
    }

    /**
     * The signal by all windows.
     *
     * @param known the signal as it stood; null before the first time
     * @param qualities the windows that have labels, in any order
     */
    public SignalTrack track(@CheckForNull SignalTrack known, List<QualityRecord> qualities, long nowMillis) {
        SignalTrack track = SignalTrack.quiet(plan.signal(), nowMillis);
        List<QualityRecord> ordered = qualities.stream()
                .sorted(Comparator.comparingLong(
                        (QualityRecord record) -> record.quality().position()))
                .toList();
        for (QualityRecord record : ordered) {
            track = track.observe(
                    new Observation(
                            record.quality().key(), finding(record), Severity.CRITICAL, evidence(record), nowMillis),
                    hysteresis);
        }
        boolean same = known != null && known.state() == track.state();
        return new SignalTrack(
                track.name(),
                track.state(),
                track.severity(),
                same ? known.sinceMillis() : nowMillis,
                nowMillis,
                track.recent(),
                track.severities(),
                track.seen(),
                track.lastWindow(),
                track.evidence());
    }

    /** What a window says: bad beyond doubt only, when its whole interval is worse than the reference less the margin. */
    public Finding finding(QualityRecord record) {
        MetricValue value = record.quality().metrics().get(plan.metric());
        MetricValue reference = record.reference();
        Direction direction = MetricCatalog.direction(plan.metric());
        if (value == null
                || reference == null
                || direction == Direction.UNKNOWN
                || Double.isNaN(value.value())
                || Double.isNaN(reference.value())
                || record.quality().labelled() < minimumRows) {
            return Finding.INCONCLUSIVE;
        }
        boolean bad = direction == Direction.HIGHER
                ? (value.hasInterval() ? value.upper() : value.value()) < reference.value() - plan.margin()
                : (value.hasInterval() ? value.lower() : value.value()) > reference.value() + plan.margin();
        return bad ? Finding.BAD : Finding.GOOD;
    }

    private String evidence(QualityRecord record) {
        MetricValue value = record.quality().metrics().get(plan.metric());
        String labels = record.quality().labelled() + " of " + record.quality().predictions() + " predictions";
        if (value == null) {
            return "There is no " + plan.metric() + " of " + labels + ".";
        }
        String interval =
                value.hasInterval() ? String.format(Locale.ROOT, " [%.3f, %.3f]", value.lower(), value.upper()) : "";
        MetricValue reference = record.reference();
        return String.format(
                Locale.ROOT,
                "The %s is %.3f%s by the labels of %s; %s.",
                plan.metric(),
                value.value(),
                interval,
                labels,
                reference == null
                        ? "version " + record.version() + " has none to compare with"
                        : String.format(
                                Locale.ROOT, "version %d was evaluated at %.3f", record.version(), reference.value()));
    }
}
