package io.jenkins.mlops.tracking.mlflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegisteredModel;
import java.util.Locale;

/**
 * A stage, which older clients know instead of aliases: Staging and Production are the aliases of these names in lower
 * case, so one version at a time is in each; Archived is a tag.
 */
enum Stage {
    NONE(null),
    STAGING("staging"),
    PRODUCTION("production"),
    ARCHIVED(null);

    /** The tag of archived versions. */
    static final String TAG = "mlops.stage";

    @CheckForNull
    private final String alias;

    Stage(@CheckForNull String alias) {
        this.alias = alias;
    }

    /** The alias that stands for it; null for none. */
    @CheckForNull
    String alias() {
        return alias;
    }

    String wireName() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    static Stage parse(String text) {
        for (Stage stage : values()) {
            if (stage.name().equalsIgnoreCase(text)) {
                return stage;
            }
        }
        throw MlflowException.invalid(
                "Invalid Model Version stage: " + text + ". Value must be one of None, Staging, Production, Archived.");
    }

    static Stage of(ModelVersion version, RegisteredModel model) {
        for (Stage stage : new Stage[] {PRODUCTION, STAGING}) {
            Integer holder = model.aliases().get(stage.alias);
            if (holder != null && holder == version.number()) {
                return stage;
            }
        }
        return ARCHIVED.wireName().equals(version.tags().get(TAG)) ? ARCHIVED : NONE;
    }
}
