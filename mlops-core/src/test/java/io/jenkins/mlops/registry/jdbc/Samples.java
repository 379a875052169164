package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values that the registry's tests share. */
public final class Samples {
    static final String EVIDENCE = "sha256:" + Ledger.sha256("evidence");

    private Samples() {}

    static VersionFile file(String path, String content) {
        return new VersionFile(path, content.length(), Ledger.sha256(content));
    }

    static BuildRef build(int number) {
        return new BuildRef("team/train", number, "https://ci.example/job/team/job/train/" + number + "/", null);
    }

    public static Registration registration(String key, String model) {
        return Registration.of(key, model, List.of(file("model.bin", key), file("meta/a.json", "{}")), "builder")
                .withBuild(
                        build(Math.abs(key.hashCode() % 1000) + 1),
                        new CodeRef("https://git.example/r.git", "main", "0123456789abcdef", false, "ann"))
                .withAuthors(Set.of("ann"))
                .withRun("run-" + key, List.of("sha256:" + Ledger.sha256("data")))
                .withMetrics(Map.of("auc", 0.9, "loss", Double.NaN))
                .withTags(Map.of("stage", "candidate"), "from " + key);
    }

    static PromotionRequest request(
            ModelRegistry registry, String key, ModelVersion version, String alias, Verdict verdict) {
        return new PromotionRequest(
                key,
                version.model(),
                version.number(),
                alias,
                "requester",
                version.digest(),
                registry.policy(version.model()).revision(),
                verdict,
                EVIDENCE,
                "{\"gates\":[]}",
                version.build(),
                "please");
    }

    static Decision decision(Promotion promotion, boolean approve, String user, String... groups) {
        return new Decision(
                promotion.id(),
                approve,
                user,
                Set.of(groups),
                "seen",
                promotion.revision(),
                promotion.versionDigest(),
                promotion.evidenceHash());
    }
}
