package io.jenkins.mlops.registry;

import java.util.Set;

/** Where a promotion stands, and where it may go from there. */
public enum PromotionState {
    /** Asked for; the gates have not spoken yet. */
    REQUESTED,
    /** The gates allow it; people have to decide. */
    AWAITING_APPROVAL,
    /** Everyone needed has agreed; the alias has not moved yet, because the policy's change window is closed. */
    APPROVED,
    /** The alias points at the version. */
    APPLIED,
    /** The alias was read back and pointed at the version. */
    VERIFIED,
    /** The gates or a person said no, or what was approved is not what is there any more. */
    REJECTED,
    /** Nobody decided in time, or no change window opened in time. */
    EXPIRED,
    /** The one who asked took it back. */
    WITHDRAWN,
    /** Another version took the alias first, so the evidence compared with a champion that is none any more. */
    SUPERSEDED;

    /** The states that may follow this one. */
    public Set<PromotionState> next() {
        return switch (this) {
            case REQUESTED -> Set.of(AWAITING_APPROVAL, APPROVED, REJECTED, EXPIRED, WITHDRAWN, SUPERSEDED);
            case AWAITING_APPROVAL -> Set.of(APPROVED, REJECTED, EXPIRED, WITHDRAWN, SUPERSEDED);
            case APPROVED -> Set.of(APPLIED, REJECTED, EXPIRED, WITHDRAWN, SUPERSEDED);
            case APPLIED -> Set.of(VERIFIED, REJECTED);
            case VERIFIED, REJECTED, EXPIRED, WITHDRAWN, SUPERSEDED -> Set.of();
        };
    }

    /** Whether a person or the clock can still change the outcome. */
    public boolean isOpen() {
        return this == REQUESTED || this == AWAITING_APPROVAL || this == APPROVED;
    }

    /** Whether the alias was moved by the promotion. */
    public boolean isApplied() {
        return this == APPLIED || this == VERIFIED;
    }
}
