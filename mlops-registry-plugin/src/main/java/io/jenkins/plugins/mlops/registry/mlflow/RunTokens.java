package io.jenkins.plugins.mlops.registry.mlflow;

import hudson.model.Run;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.tracking.RunToken;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.mlflow.Access;
import io.jenkins.mlops.tracking.mlflow.ErrorCode;
import io.jenkins.mlops.tracking.mlflow.MlflowException;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Bearer tokens, each good for one run of one build while both last.
 *
 * <p>256 random bits; the registry keeps their SHA-256 alone, so that whoever reads it finds none.
 */
public final class RunTokens {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private RunTokens() {}

    /**
     * Makes a token for a run of a build, with the rights that the present identity, the build's, has to register and
     * to promote.
     */
    public static String issue(Run<?, ?> build, TrackedRun run) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        RegistryConnection.get()
                .tracking()
                .keepToken(
                        Ledger.sha256(token),
                        run.id(),
                        BuildReferences.startedBy(build),
                        Jenkins.get().hasPermission(MlopsPermissions.REGISTER),
                        Jenkins.get().hasPermission(MlopsPermissions.REQUEST_PROMOTION));
        return token;
    }

    /** Ends the tokens of a run. */
    public static void revoke(String runId) {
        RegistryConnection.get().tracking().revokeTokens(runId);
    }

    /** What the bearer of a token may do; every token that is not good gets the same answer. */
    static Access access(String token) {
        if (token.matches("[0-9a-f]{64}")) {
            String hash = Ledger.sha256(token);
            Optional<RunToken> known = RegistryConnection.get().tracking().token(hash);
            if (known.isPresent()
                    && MessageDigest.isEqual(
                            known.get().hash().getBytes(StandardCharsets.US_ASCII),
                            hash.getBytes(StandardCharsets.US_ASCII))
                    && BuildReferences.isRunning(known.get().run().build())) {
                return new TokenAccess(known.get());
            }
        }
        throw new MlflowException(
                ErrorCode.UNAUTHENTICATED, "The token is not, or no longer, good: it ends with its run and its build");
    }
}
