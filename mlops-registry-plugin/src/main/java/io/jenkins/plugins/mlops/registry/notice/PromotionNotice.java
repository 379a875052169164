package io.jenkins.plugins.mlops.registry.notice;

import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.Promotion;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * What is told about a promotion: what happened, and how the promotion stands since.
 *
 * @param event {@code promotion.awaiting-approval}, {@code promotion.applied} and so on by the promotion's state,
 *     {@code promotion.override} for one past the policy, {@code promotion.expiring} for one that soon ends undecided
 * @param promotion the promotion
 */
public record PromotionNotice(String event, Promotion promotion) {
    private static final String EXPIRING = "promotion.expiring";

    /** A promotion has changed. */
    public static PromotionNotice changed(Promotion promotion) {
        boolean override = promotion.kind() == io.jenkins.mlops.registry.PromotionKind.OVERRIDE
                && promotion.state().isApplied();
        String state = promotion.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new PromotionNotice("promotion." + (override ? "override" : state), promotion);
    }

    /** A promotion soon ends undecided. */
    public static PromotionNotice expiring(Promotion promotion) {
        return new PromotionNotice(EXPIRING, promotion);
    }

    /** Whether it says that a promotion soon ends undecided. */
    public boolean isExpiring() {
        return event.equals(EXPIRING);
    }

    /** Where the promotion is shown; a path where Jenkins does not know its own URL. */
    public String url() {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "/" : root) + "mlops/promotions/" + promotion.id();
    }

    /** One line: which version of which model is to get, or has, which alias. */
    public String title() {
        String what = promotion.model() + " version " + promotion.version() + " to '" + promotion.alias() + "'";
        return switch (event) {
            case EXPIRING -> "About to expire: " + what;
            case "promotion.override" -> "Overridden, past its policy: " + what;
            default ->
                switch (promotion.state()) {
                    case REQUESTED -> "Asked for: " + what;
                    case AWAITING_APPROVAL -> "Waits for approval: " + what;
                    case APPROVED ->
                        (promotion.isBeingChecked()
                                        ? "Approved, files are being checked: "
                                        : "Approved, waits for a change window: ")
                                + what;
                    case APPLIED -> "Promoted: " + what;
                    case VERIFIED -> "Promoted and verified: " + what;
                    case REJECTED -> "Rejected: " + what;
                    case EXPIRED -> "Expired: " + what;
                    case WITHDRAWN -> "Withdrawn: " + what;
                    case SUPERSEDED -> "Superseded: " + what;
                };
        };
    }

    /** The title, who asked and why, what is missing, and where to look: lines for people, no mark-up. */
    public String text() {
        StringBuilder text = new StringBuilder(title());
        text.append("\nAsked for by ").append(promotion.requestedBy());
        if (!promotion.reason().isBlank()) {
            text.append(": ").append(promotion.reason());
        }
        String open = promotion.approvalsOpen().stream()
                .map(ApprovalRule::displayName)
                .collect(Collectors.joining(" and "));
        if (!open.isEmpty()) {
            text.append("\nStill needed: ").append(open);
        }
        return text.append('\n').append(url()).toString();
    }

    /** The notice for programs. */
    public Map<String, Object> json() {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("id", promotion.id());
        about.put("kind", promotion.kind());
        about.put("model", promotion.model());
        about.put("version", promotion.version());
        about.put("digest", promotion.versionDigest());
        about.put("alias", promotion.alias());
        about.put("state", promotion.state());
        about.put("revision", promotion.revision());
        about.put("verdict", promotion.verdict());
        about.put("evidence", promotion.evidenceHash());
        about.put("requestedBy", promotion.requestedBy());
        about.put("reason", promotion.reason());
        about.put("approvals", promotion.approvals().text());
        about.put("approvalsMissing", promotion.approvalsMissing());
        about.put("expiresMillis", promotion.expiresMillis());
        about.put("applyMillis", promotion.applyMillis());
        about.put("appliedMillis", promotion.appliedMillis());
        about.put("previousVersion", promotion.previousVersion());
        about.put("url", url());
        Map<String, Object> notice = new LinkedHashMap<>();
        notice.put("event", event);
        notice.put("text", text());
        notice.put("promotion", about);
        return notice;
    }
}
