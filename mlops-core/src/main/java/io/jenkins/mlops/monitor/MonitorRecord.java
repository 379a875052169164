package io.jenkins.mlops.monitor;

import java.io.Serializable;

/**
 * A monitor as the store keeps it.
 *
 * @param id its id, which its owner makes: 1 to {@value Expect#NAME} characters, unique
 * @param model the registered model that it watches
 * @param endpoint the endpoint that it watches; empty for none
 * @param job the job that retrains, by its full name; empty for none
 * @param configJson what it watches and what follows, in the words of its owner: the store doesn't look into it
 * @param enabled whether it looks
 * @param createdMillis when it was made
 * @param changedMillis when it was last changed
 * @param lookedMillis when it last looked and was done; 0 before the first time
 * @param failures how many looks in a row have failed
 * @param failure what the last failed one said; empty when the last one was well
 * @param revision counts the looks that were kept: whoever keeps one names the revision it began from
 */
public record MonitorRecord(
        String id,
        String model,
        String endpoint,
        String job,
        String configJson,
        boolean enabled,
        long createdMillis,
        long changedMillis,
        long lookedMillis,
        int failures,
        String failure,
        long revision)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most characters of a monitor's configuration. */
    public static final int CONFIG = 1_000_000;

    public MonitorRecord {
        Expect.name(id, "a monitor's id");
        Expect.name(model, "a model's name");
        Expect.text(endpoint, "an endpoint's name", 250);
        Expect.text(job, "a job's name", Expect.NAME);
        Expect.text(configJson, "a configuration", CONFIG);
        Expect.text(failure, "a failure", Expect.SENTENCE);
    }
}
