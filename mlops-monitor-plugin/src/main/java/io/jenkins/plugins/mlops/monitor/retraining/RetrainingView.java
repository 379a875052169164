package io.jenkins.plugins.mlops.monitor.retraining;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.retraining.Effect;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.Badge;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import io.jenkins.plugins.mlops.registry.lineage.PromotionFact;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A retraining as pages and the API show it: signal, build, version, promotion, effect. */
@ExportedBean(defaultVisibility = 2)
public final class RetrainingView {
    private final RetrainingAttempt attempt;

    public RetrainingView(RetrainingAttempt attempt) {
        this.attempt = attempt;
    }

    @Exported
    public String getKey() {
        return attempt.key();
    }

    public String getTime() {
        return NumberText.time(attempt.claimedMillis());
    }

    /** When it was decided, in milliseconds since 1970. */
    @Exported
    public long getDecidedMillis() {
        return attempt.claimedMillis();
    }

    @Exported
    public String getSignal() {
        return attempt.signal();
    }

    @Exported
    public String getWindow() {
        return attempt.window();
    }

    /** The digest of the data that it trains on. */
    @Exported
    public String getDigest() {
        return attempt.digest();
    }

    /** The same, short enough for a table. */
    public String getShortDigest() {
        String digest = attempt.digest();
        String bare = digest.substring(digest.indexOf(':') + 1);
        return bare.substring(0, Math.min(12, bare.length()));
    }

    public Badge getState() {
        return Badge.of(attempt.state().name());
    }

    @Exported(name = "state")
    public String getStateName() {
        return attempt.state().name();
    }

    @Exported
    public String getBuild() {
        return attempt.build();
    }

    @CheckForNull
    private Run<?, ?> run() {
        int at = attempt.build().lastIndexOf('#');
        // Null where the reader may not read the job.
        Job<?, ?> job =
                at < 0 ? null : Jenkins.get().getItemByFullName(attempt.build().substring(0, at), Job.class);
        try {
            return job == null
                    ? null
                    : job.getBuildByNumber(Integer.parseInt(attempt.build().substring(at + 1)));
        } catch (NumberFormatException x) {
            return null;
        }
    }

    /** Where its build is, from the root of Jenkins; empty where the reader has none. */
    public String getBuildPath() {
        Run<?, ?> run = run();
        return run == null ? "" : run.getUrl();
    }

    @Exported
    public int getVersion() {
        return attempt.version();
    }

    /** Where its version is, from the root of Jenkins. */
    public String getVersionPath() {
        return "mlops/model/" + Util.rawEncode(attempt.model()) + "/version/" + attempt.version() + "/";
    }

    /** How the promotion of its version by its build stands; null for none. */
    @CheckForNull
    public Badge getPromotion() {
        Run<?, ?> run = attempt.version() == 0 ? null : run();
        LineageAction lineage = run == null ? null : run.getAction(LineageAction.class);
        if (lineage == null) {
            return null;
        }
        for (PromotionFact fact : lineage.getPromotions()) {
            if (fact.getModel().equals(attempt.model()) && fact.getVersion() == attempt.version()) {
                try {
                    Promotion promotion = RegistryConnection.get().registry().promotion(fact.getId());
                    return Badge.of(promotion.state().name());
                } catch (RegistryException x) {
                    return Badge.of(fact.getState());
                }
            }
        }
        return null;
    }

    @Exported
    public String getBefore() {
        return value(attempt.before());
    }

    @Exported
    public String getAfter() {
        return value(attempt.after());
    }

    public Badge getEffect() {
        return Badge.of(attempt.effect().name());
    }

    @Exported(name = "effect")
    public String getEffectName() {
        return attempt.effect().name();
    }

    /** What before and after rest on, in words. */
    @Exported
    public String getBasis() {
        return switch (attempt.basis()) {
            case LABELS -> "accuracy by labels";
            case ESTIMATE -> "estimated accuracy";
            case DRIFT -> "share of drifted columns";
            case NONE -> attempt.effect() == Effect.NO_DIFFERENCE ? "its version has not come to serve" : "";
        };
    }

    public boolean isOpen() {
        return attempt.state() == State.SUGGESTED;
    }

    private static String value(@CheckForNull MetricValue value) {
        if (value == null) {
            return "";
        }
        return NumberText.metric(value.value())
                + (value.hasInterval()
                        ? " [" + NumberText.metric(value.lower()) + ", " + NumberText.metric(value.upper()) + "]"
                        : "");
    }
}
