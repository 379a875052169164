package io.jenkins.plugins.mlops.registry;

import io.jenkins.mlops.registry.Ledger;

/** Names the release that one deployment makes: the same name for the same operation, safe as a folder's name. */
public final class ReleaseName {
    private static final int DIGITS = 12;

    private ReleaseName() {}

    public static String of(int version, String operationKey) {
        return "v" + version + "-" + Ledger.sha256(operationKey).substring(0, DIGITS);
    }
}
