package io.jenkins.mlops.serving;

import java.io.Serializable;

/**
 * An existing service that serves a model and takes a new version through a hook.
 *
 * <p>The hook gets a {@code POST} with a JSON object of {@code endpoint}, {@code release}, {@code model}, {@code version},
 * {@code digest} and {@code files} (a URL), and the release's id as header {@code Idempotency-Key}. It answers 2xx when
 * the version is deployed or on its way. A rollback is the same call with the version before. As a call may be repeated
 * after a lost answer, deploying what is there already must do no harm.
 *
 * @param url address of the service, the same for every version
 * @param deployHook address that takes new versions
 * @param statusUrl address that says what is deployed, as a JSON object with {@code version} or {@code digest}, asked
 *     before a call is repeated and after it; empty if the service has none
 * @param secretHeader name of a header whose value is given at run time and kept nowhere; empty for none
 * @param hookTimeoutMillis time for one call of the hook, 1 ms to 10 minutes
 */
public record HttpTarget(String url, String deployHook, String statusUrl, String secretHeader, long hookTimeoutMillis)
        implements Serializable {
    public HttpTarget {
        Checks.address("the URL of the service", url);
        Checks.address("the deploy hook", deployHook);
        if (!Checks.text("the status URL", statusUrl, Checks.TEXT).isEmpty()) {
            Checks.address("the status URL", statusUrl);
        }
        if (!Checks.text("the secret header", secretHeader, 128).isEmpty()) {
            Checks.name("the name of the secret header", secretHeader);
        }
        Checks.range("the time for the hook in ms", hookTimeoutMillis, 1, 600_000);
    }
}
