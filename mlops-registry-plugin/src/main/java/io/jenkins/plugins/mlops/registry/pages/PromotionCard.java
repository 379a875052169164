package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.gate.GateReport;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionKind;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.plugins.mlops.registry.lineage.Badge;
import io.jenkins.plugins.mlops.registry.lineage.GateView;
import io.jenkins.plugins.mlops.registry.lineage.PromotionView;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import io.jenkins.plugins.mlops.registry.promotion.PresentPerson;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A promotion with its evidence, what is missing, and what the reader may do about it. */
public final class PromotionCard {
    private static final Logger LOGGER = Logger.getLogger(PromotionCard.class.getName());

    private final Promotion promotion;
    private final ModelVersion version;
    private final Reader reader;
    private final long now;

    PromotionCard(Promotion promotion, ModelVersion version, Reader reader, long now) {
        this.promotion = promotion;
        this.version = version;
        this.reader = reader;
        this.now = now;
    }

    public String getId() {
        return promotion.id();
    }

    public String getModel() {
        return promotion.model();
    }

    public String getModelUrl() {
        return Links.model(promotion.model());
    }

    public int getNumber() {
        return promotion.version();
    }

    public String getVersionUrl() {
        return Links.version(promotion.model(), promotion.version());
    }

    public String getAlias() {
        return promotion.alias();
    }

    /** What kind of move it is, where it is no ordinary promotion; else empty. */
    public String getKind() {
        return switch (promotion.kind()) {
            case PROMOTION -> "";
            case ROLLBACK -> Messages.PromotionCard_rollback();
            case OVERRIDE -> Messages.PromotionCard_override();
        };
    }

    public boolean isOverride() {
        return promotion.kind() == PromotionKind.OVERRIDE;
    }

    public Badge getBadge() {
        return Badge.of(promotion.state().name());
    }

    public Badge getVerdict() {
        return Badge.of(promotion.verdict().name());
    }

    /** Why it stands as it stands, or why it was asked for. */
    public String getReason() {
        return promotion.reason();
    }

    public String getRequestedBy() {
        return promotion.requestedBy();
    }

    public String getRequested() {
        return NumberText.time(promotion.requestedMillis());
    }

    /** The build that asked, as people write it; empty if a person did. */
    public String getBuild() {
        var build = promotion.build();
        return build == null ? "" : build.displayName();
    }

    @CheckForNull
    public String getBuildUrl() {
        return Links.build(promotion.build());
    }

    public boolean isOpen() {
        return promotion.state().isOpen();
    }

    public boolean isAwaiting() {
        return promotion.state() == PromotionState.AWAITING_APPROVAL;
    }

    public String getExpires() {
        return NumberText.time(promotion.expiresMillis());
    }

    /** How long there is to decide, in words. */
    public String getLeft() {
        long left = promotion.expiresMillis() - now;
        return left <= 0 ? Messages.PromotionCard_due() : NumberText.duration(left);
    }

    /** Whether less than a day is left. */
    public boolean isUrgent() {
        return isAwaiting() && promotion.expiresMillis() - now < 24L * 60 * 60 * 1000;
    }

    /** When the alias moved; empty if it has not. */
    public String getApplied() {
        return promotion.appliedMillis() == 0 ? "" : NumberText.time(promotion.appliedMillis());
    }

    /** The version that the alias is taken from: before it moved, the present holder; 0 for none. */
    public int getPrevious() {
        if (promotion.state().isApplied()) {
            return reader.sees(promotion.model(), promotion.previousVersion()) ? promotion.previousVersion() : 0;
        }
        return MlopsPage.registry()
                .byAlias(promotion.model(), promotion.alias())
                .filter(reader::sees)
                .map(ModelVersion::number)
                .orElse(0);
    }

    /** The comparison with the version that the alias is taken from; null if there is none. */
    @CheckForNull
    public String getCompareUrl() {
        int previous = getPrevious();
        return previous == 0 || previous == promotion.version()
                ? null
                : Links.model(promotion.model()) + "compare/?from=" + previous + "&to=" + promotion.version();
    }

    /** Who has to approve, all told. */
    public String getRule() {
        return promotion.approvals().text();
    }

    /** Who is still missing, in words. */
    public String getMissingText() {
        return Messages.PromotionCard_missing(String.join(
                ", ",
                promotion.approvalsOpen().stream()
                        .map(ApprovalRule::displayName)
                        .toList()));
    }

    /** Why it can no longer be approved by anybody; empty if it can. */
    public String getUnmeetable() {
        return reader.unmeetable(promotion, version);
    }

    /** When it is applied, where it is approved and waits for a change window; else empty. */
    public String getDue() {
        return promotion.state() == PromotionState.APPROVED && promotion.applyMillis() > 0
                ? NumberText.time(promotion.applyMillis())
                : "";
    }

    public int getPolicyRevision() {
        return promotion.policy().revision();
    }

    public List<PromotionView.DecisionView> getDecisions() {
        return promotion.decisions().stream()
                .map(PromotionView.DecisionView::new)
                .toList();
    }

    /** The gates' verdicts one by one; empty if there were none. */
    public List<GateView> getGates() {
        String json = promotion.gateReportJson();
        if (json == null) {
            return List.of();
        }
        try {
            return Json.read(json, GateReport.class).results().stream()
                    .map(GateView::new)
                    .toList();
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.FINE, e, () -> "The gates' report of promotion " + promotion.id() + " can't be read");
            return List.of();
        }
    }

    /** Why the reader can't decide; empty if he can. */
    public String getWhyNot() {
        return reader.whyNot(promotion, version);
    }

    /** Whether the reader may decide at all. */
    public boolean isDecidable() {
        return isAwaiting() && getWhyNot().isEmpty();
    }

    /** Why the reader can't approve though he may reject; empty if he can. */
    public String getBarred() {
        return reader.barred(promotion, version);
    }

    /** Whether the reader may take the request back. */
    public boolean isWithdrawable() {
        return isOpen() && PresentPerson.mayWithdraw(promotion);
    }

    boolean isAwaited() {
        return isAwaiting() && reader.awaited(promotion, version);
    }

    /** What the reader has seen: his decision is void if it has changed since. */
    public int getRevision() {
        return promotion.revision();
    }
}
