package io.jenkins.mlops.registry.mlflow;

import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tags by which a version at an MLflow server leads back to Jenkins, and by which it is found again there. */
public final class RemoteTags {
    /** Tells a version from all others, whichever controller writes it: the same after the registry was rebuilt. */
    public static final String OPERATION = "mlops.operation";
    /** The version's number in the registry. */
    public static final String VERSION = "mlops.version";
    /** Set on versions that were deleted in the registry; they are left at the server. */
    public static final String DELETED = "mlops.deleted";
    /** On a registered model of a server without aliases, with the alias behind it: the version that holds it. */
    public static final String ALIAS = "mlops.alias.";

    /** On an imported version: the server that it comes from, and its number there. */
    public static final String IMPORTED_FROM = "mlflow.imported.from";

    public static final String IMPORTED_VERSION = "mlflow.imported.version";

    private static final int LONGEST = 5_000;

    private RemoteTags() {}

    /** See {@link #OPERATION}. */
    static String operation(ModelVersion version) {
        return Ledger.sha256(version.model() + "\0" + version.number() + "\0" + version.digest() + "\0"
                        + version.createdMillis())
                .substring(0, 32);
    }

    /** A version's own tags and those that lead back: to its build, its files' digest, its run and its promotions. */
    static Map<String, String> of(ModelVersion version, List<Promotion> promotions) {
        Map<String, String> tags = new TreeMap<>();
        version.tags().forEach((key, value) -> put(tags, key, value));
        put(tags, OPERATION, operation(version));
        put(tags, VERSION, String.valueOf(version.number()));
        put(tags, "mlops.digest", version.digest());
        BuildRef build = version.build();
        if (build != null) {
            put(tags, "mlops.build", build.externalizableId());
            put(tags, "mlops.build_url", build.url());
        }
        put(tags, "mlops.run_id", version.runId());
        CodeRef commit = version.commit();
        if (commit != null) {
            put(tags, "mlops.commit", commit.commit());
        }
        for (Promotion promotion : promotions) { // newest first
            if (promotion.version() == version.number()) {
                String key = "mlops.promotion." + promotion.alias();
                if (!tags.containsKey(key)) {
                    put(tags, key, promotion.id());
                    put(tags, key + ".state", promotion.state().name());
                    tags.putIfAbsent("mlops.deployment_job_run_state", runState(promotion.state()));
                }
            }
        }
        return tags;
    }

    /** A promotion's state in the words of MLflow's {@code deployment_job_state.run_state}. */
    public static String runState(PromotionState state) {
        return switch (state) {
            case REQUESTED, APPROVED -> "PENDING";
            case AWAITING_APPROVAL -> "APPROVAL";
            case APPLIED -> "RUNNING";
            case VERIFIED -> "SUCCEEDED";
            case REJECTED, EXPIRED, WITHDRAWN, SUPERSEDED -> "FAILED";
        };
    }

    private static void put(Map<String, String> tags, String key, String value) {
        if (value != null && !value.isEmpty()) {
            tags.put(key, value.length() <= LONGEST ? value : value.substring(0, LONGEST));
        }
    }
}
