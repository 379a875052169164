package io.jenkins.mlops.tracking;

import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;

/**
 * What a token that was given to the code of one run stands for.
 *
 * @param hash SHA-256 of the token, 64 lower-case hexadecimal digits; the token itself is kept nowhere
 * @param run the run, without its lists
 * @param user id of the user that the run's build was started by
 * @param mayRegister whether versions may be registered with it
 * @param mayRequestPromotion whether promotions may be requested with it
 */
public record RunToken(String hash, TrackedRun run, String user, boolean mayRegister, boolean mayRequestPromotion)
        implements Serializable {
    public RunToken {
        if (hash == null || !hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("A token is kept by its SHA-256, 64 lower-case hexadecimal digits");
        }
        run = Limits.required("A token's run", run);
        user = Limits.line("A token's user", user, Limits.LINE);
    }
}
