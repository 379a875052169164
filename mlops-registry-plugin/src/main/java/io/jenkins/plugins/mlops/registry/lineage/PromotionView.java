package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.DecisionRecord;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A promotion: what the build recorded, and where it stands in the registry now. */
@ExportedBean(defaultVisibility = 999)
public final class PromotionView {
    private final PromotionFact fact;

    @CheckForNull
    private final Promotion promotion;

    PromotionView(PromotionFact fact, RegistryAnswers answers) {
        this.fact = fact;
        this.promotion = answers.promotion(fact.getId());
    }

    @Exported
    public String getId() {
        return fact.getId();
    }

    @Exported
    public String getModel() {
        return fact.getModel();
    }

    @Exported
    public int getVersion() {
        return fact.getVersion();
    }

    @Exported
    public String getAlias() {
        return fact.getAlias();
    }

    /** Where it stands now; where it stood for the build if the registry was not reached. */
    @Exported
    public String getState() {
        return promotion == null ? fact.getState() : promotion.state().name();
    }

    /** Where it stood when the build last looked. */
    @Exported
    public String getRecordedState() {
        return fact.getState();
    }

    /** What its gates said. */
    @Exported
    public String getVerdict() {
        return promotion == null ? fact.getVerdict() : promotion.verdict().name();
    }

    /** Why it stands as it stands. */
    @Exported
    public String getReason() {
        return promotion == null ? "" : promotion.reason();
    }

    @Exported
    public String getRequestedBy() {
        return promotion == null ? "" : promotion.requestedBy();
    }

    /** How many more approvals it needs at the least. */
    @Exported
    public int getApprovalsMissing() {
        return promotion == null ? 0 : promotion.approvalsMissing();
    }

    /** The version that held the alias before; 0 for none. */
    @Exported
    public int getPreviousVersion() {
        return promotion == null ? 0 : promotion.previousVersion();
    }

    @Exported(inline = true)
    public List<DecisionView> getDecisions() {
        return promotion == null
                ? List.of()
                : promotion.decisions().stream().map(DecisionView::new).toList();
    }

    public Badge getBadge() {
        return Badge.of(getState());
    }

    public Badge getVerdictBadge() {
        return Badge.of(getVerdict());
    }

    /** One person's decision. */
    @ExportedBean(defaultVisibility = 999)
    public static final class DecisionView {
        private final DecisionRecord decision;

        public DecisionView(DecisionRecord decision) {
            this.decision = decision;
        }

        @Exported
        public boolean isApprove() {
            return decision.approve();
        }

        @Exported
        public String getUser() {
            return decision.userId();
        }

        @Exported
        public String getComment() {
            return decision.comment();
        }

        @Exported
        public long getMillis() {
            return decision.millis();
        }

        public Badge getBadge() {
            return Badge.of(decision.approve() ? "APPROVED" : "REJECTED");
        }

        public String getTime() {
            return NumberText.time(decision.millis());
        }
    }
}
