package io.jenkins.plugins.mlops.registry.retention;

import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.retention.RetentionRule;
import io.jenkins.plugins.mlops.registry.RegistryConnection;

/** The tag by which a person keeps a version from retention, or leaves it to the rule again. */
public final class KeepTag {
    private KeepTag() {}

    /** Whether a version has a tag that its model's rule honours. */
    public static boolean isOn(ModelVersion version) {
        return RetentionConfiguration.get().ruleOf(version.model()).keepTags().stream()
                .anyMatch(version.tags()::containsKey);
    }

    /**
     * Tags a version so that its model's rule keeps it, or takes every tag away that makes it so.
     *
     * @param person id of the user whose wish it is; the tag names him
     * @throws RegistryException.Conflict when the rule honours no tag
     */
    public static void set(ModelVersion version, boolean keep, String person) {
        ModelRegistry registry = RegistryConnection.get().registry();
        RetentionRule rule = RetentionConfiguration.get().ruleOf(version.model());
        if (!keep) {
            rule.keepTags().stream()
                    .filter(version.tags()::containsKey)
                    .forEach(tag -> registry.setTag(version.model(), version.number(), tag, null, person));
        } else if (!isOn(version)) {
            String tag = rule.keepTag();
            if (tag == null) {
                throw new RegistryException.Conflict("The retention rule of '" + version.model()
                        + "' names no tag that keeps a version; an administrator can name one under Manage Jenkins,"
                        + " System, MLOps retention.");
            }
            registry.setTag(version.model(), version.number(), tag, "by " + person, person);
        }
    }
}
