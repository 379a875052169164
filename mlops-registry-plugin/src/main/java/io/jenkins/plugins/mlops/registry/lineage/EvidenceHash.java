package io.jenkins.plugins.mlops.registry.lineage;

import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.Ledger;

/** The SHA-256 of what gates saw and said: decisions are bound to it, so that evidence cannot change under them. */
public final class EvidenceHash {
    private EvidenceHash() {}

    /** The evidence as text: the same evaluation gives the same text. */
    public static String text(EvaluationDocument evidence) {
        return Json.write(evidence);
    }

    /** The hash of such a text, {@code sha256:} and 64 hexadecimal digits. */
    public static String of(String text) {
        return "sha256:" + Ledger.sha256(text);
    }
}
