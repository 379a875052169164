package io.jenkins.plugins.mlops.registry.notice;

import hudson.model.User;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.Quorum;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.policy.JenkinsPeople;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Whom a notice concerns: those who can decide are asked, once and again when time runs out; who asked is told what
 * came of it.
 *
 * <p>Groups are looked at from their members' side, because few security realms list them: the first
 * {@value #MOST} users of this controller are asked for.
 */
final class Audience {
    private static final int MOST = 1_000;

    private Audience() {}

    /** Whether a notice of this kind is for people at all. */
    static boolean concerns(PromotionNotice notice) {
        Promotion promotion = notice.promotion();
        return asks(notice)
                ? promotion.decisions().isEmpty() || notice.isExpiring()
                : promotion.state() != PromotionState.REQUESTED && promotion.state() != PromotionState.VERIFIED;
    }

    /** Whether a notice asks for a decision. */
    static boolean asks(PromotionNotice notice) {
        return notice.promotion().state() == PromotionState.AWAITING_APPROVAL;
    }

    /** Those people, as far as this controller knows them; asks the security realm, so it may wait. */
    static Set<User> of(PromotionNotice notice) {
        Promotion promotion = notice.promotion();
        return asks(notice)
                ? deciders(promotion)
                : Optional.ofNullable(User.getById(promotion.requestedBy(), false))
                        .filter(user -> authentication(user).isPresent())
                        .map(Set::of)
                        .orElse(Set.of());
    }

    private static Set<User> deciders(Promotion promotion) {
        Set<String> barred = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        try {
            barred.addAll(Quorum.barred(
                    promotion, RegistryConnection.get().registry().version(promotion.model(), promotion.version())));
        } catch (RegistryException.NotFound x) { // deleted meanwhile: there is nothing to decide
            return Set.of();
        }
        promotion.decisions().forEach(decision -> barred.add(decision.userId()));
        Set<User> candidates = new LinkedHashSet<>();
        User.getAll().stream().limit(MOST).forEach(candidates::add);
        candidates.addAll(named(promotion));
        candidates.removeIf(user -> barred.contains(user.getId()) || !mayDecide(promotion, user));
        return candidates;
    }

    /** The users whom the policy names and the realm knows, though they may never have logged in. */
    private static Set<User> named(Promotion promotion) {
        return promotion.approvals().alternatives().stream()
                .flatMap(rules -> rules.stream())
                .map(ApprovalRule::approvers)
                .flatMap(Set::stream)
                .filter(name -> !name.startsWith("group:"))
                .map(name -> name.startsWith("user:") ? name.substring("user:".length()) : name)
                .filter(id -> JenkinsPeople.INSTANCE.isUser(id).equals(Optional.of(true)))
                .map(id -> User.getById(id, true))
                .collect(Collectors.toSet());
    }

    private static boolean mayDecide(Promotion promotion, User user) {
        return authentication(user)
                .filter(who -> promotion
                        .approvals()
                        .admits(
                                user.getId(),
                                who.getAuthorities().stream()
                                        .map(authority -> authority.getAuthority())
                                        .collect(Collectors.toSet())))
                .filter(who -> Jenkins.get().getACL().hasPermission2(who, MlopsPermissions.APPROVE))
                .isPresent();
    }

    /** A user as Jenkins would see him now; empty for one who is gone. */
    private static Optional<Authentication> authentication(User user) {
        try {
            return JenkinsPeople.INSTANCE.isGone(user.getId()) ? Optional.empty() : Optional.of(user.impersonate2());
        } catch (UsernameNotFoundException x) {
            return Optional.empty();
        }
    }
}
