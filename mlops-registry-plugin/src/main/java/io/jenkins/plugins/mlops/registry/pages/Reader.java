package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.User;
import hudson.security.Permission;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.ModelCatalog;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.Visibility;
import io.jenkins.plugins.mlops.registry.promotion.PromotionOutlook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** The person who looks at a page: what he may see, and what he may do. */
final class Reader {
    private final Map<String, Boolean> readable = new HashMap<>();
    private final PromotionOutlook outlook = new PromotionOutlook();

    @CheckForNull
    private Set<String> jobs;

    /** Whether everything may be seen. */
    boolean seesAll() {
        return Visibility.all();
    }

    /** The jobs whose versions may be seen; null for all. */
    @CheckForNull
    Set<String> jobs(ModelCatalog catalog) {
        if (seesAll()) {
            return null;
        }
        Set<String> known = jobs;
        if (known == null) {
            known = Visibility.jobs(catalog);
            jobs = known;
        }
        return known == null ? null : new TreeSet<>(known);
    }

    /** Whether the job is there and may be read. */
    boolean reads(String job) {
        return readable.computeIfAbsent(job, name -> Jenkins.get().getItemByFullName(name, Job.class) != null);
    }

    boolean sees(ModelVersion version) {
        BuildRef build = version.build();
        return seesAll() || build != null && reads(build.job());
    }

    /** Whether a version of this number is there, or was, and may be seen. */
    boolean sees(String model, int number) {
        if (seesAll()) {
            return true;
        }
        try {
            return number > 0 && sees(MlopsPage.registry().version(model, number));
        } catch (RegistryException.NotFound e) {
            return false;
        }
    }

    boolean may(Permission permission) {
        return Jenkins.get().hasPermission(permission);
    }

    /** The user's id; empty for a visitor. */
    String id() {
        User user = User.current();
        return user == null ? "" : user.getId();
    }

    Set<String> groups() {
        return Jenkins.getAuthentication2().getAuthorities().stream()
                .map(authority -> authority.getAuthority())
                .filter(group -> group != null && !group.isBlank())
                .collect(Collectors.toSet());
    }

    /**
     * Why the reader can't decide on a promotion, in a sentence; empty if he can. The registry checks again when the
     * decision comes, for what is shown may be old by then.
     *
     * @param version the version that is put forward
     */
    String whyNot(Promotion promotion, ModelVersion version) {
        String user = id();
        if (promotion.state() != PromotionState.AWAITING_APPROVAL) {
            return Messages.Reader_settled();
        }
        if (user.isEmpty()) {
            return Messages.Reader_visitor();
        }
        if (!may(MlopsPermissions.APPROVE)) {
            return Messages.Reader_permission();
        }
        if (promotion.decisions().stream().anyMatch(made -> made.userId().equalsIgnoreCase(user))) {
            return Messages.Reader_decided();
        }
        if (!promotion.approvals().admits(user, groups())) {
            return Messages.Reader_approvers();
        }
        return "";
    }

    /** Why the reader can't approve, though he may reject: he made or asked for the version. Empty if he can. */
    String barred(Promotion promotion, ModelVersion version) {
        String user = id();
        boolean involved = version.authors().stream().anyMatch(user::equalsIgnoreCase)
                || user.equalsIgnoreCase(version.createdBy())
                || user.equalsIgnoreCase(promotion.requestedBy());
        return involved && promotion.policy().separationOfDuties() ? Messages.Reader_separated() : "";
    }

    /** Why a promotion can no longer be approved by anybody; empty if it can, or if that is not certain. */
    String unmeetable(Promotion promotion, ModelVersion version) {
        return outlook.unmeetable(promotion, version).orElse("");
    }

    /** Whether a promotion waits for this reader. */
    boolean awaited(Promotion promotion, ModelVersion version) {
        return whyNot(promotion, version).isEmpty()
                && barred(promotion, version).isEmpty();
    }

    /** The versions among these that may be seen. */
    List<ModelVersion> visible(List<ModelVersion> versions) {
        return versions.stream().filter(this::sees).toList();
    }
}
