package io.jenkins.mlops.registry.mlflow;

import java.io.Serializable;

/**
 * One entry of the outbox: what is to be brought up to date at the server.
 *
 * @param id in the order that a model's tasks are carried out
 * @param model the model's name
 * @param kind see {@link Kind}
 * @param subject which one: a version's number, an alias, a tag
 * @param ledgerSeq the newest entry of the ledger that asked for it
 * @param refused whether the server said no, for good as it seems; the model's other tasks don't wait for it
 * @param attempts how often it was tried
 * @param sinceMillis when it was asked for first, in epoch milliseconds
 * @param dueMillis when it is tried next, in epoch milliseconds
 * @param message why it failed last; empty if it didn't
 */
public record RemoteTask(
        long id,
        String model,
        Kind kind,
        String subject,
        long ledgerSeq,
        boolean refused,
        int attempts,
        long sinceMillis,
        long dueMillis,
        String message)
        implements Serializable {
    /** What is brought up to date. */
    public enum Kind {
        /** The registered model: that it is there, its description and its tags. The subject is empty. */
        MODEL,
        /** A version: that it is there with its files, its description and its tags. The subject is its number. */
        VERSION,
        /** Where an alias points. The subject is the alias. */
        ALIAS,
        /** A tag that was removed. The subject is the version's number, or 0 for the model, {@code /} and the key. */
        UNTAG
    }

    /** What the task is about, which tells it from the others of its model. */
    public record About(String model, Kind kind, String subject) {}

    /** One line for people. */
    public String display() {
        return switch (kind) {
            case MODEL -> "the model";
            case VERSION -> "version " + subject;
            case ALIAS -> "the alias '" + subject + "'";
            case UNTAG -> "the removed tag " + subject.substring(subject.indexOf('/') + 1);
        };
    }
}
