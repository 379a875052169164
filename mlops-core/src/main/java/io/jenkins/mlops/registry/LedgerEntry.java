package io.jenkins.mlops.registry;

import java.io.Serializable;

/**
 * One entry of the ledger.
 *
 * @param seq 1 for the first, without gaps
 * @param millis when, in epoch milliseconds
 * @param kind what happened, e.g. {@code version.registered} or {@code promotion.applied}
 * @param model the model it is about; empty for what concerns all
 * @param actor id of the user; {@code system} for the clock
 * @param payload the change as canonical JSON
 * @param previousHash the hash of the entry before; 64 zeros for the first
 * @param hash SHA-256 over all of the above, see {@link Ledger}; 64 hexadecimal digits
 */
public record LedgerEntry(
        long seq,
        long millis,
        String kind,
        String model,
        String actor,
        String payload,
        String previousHash,
        String hash)
        implements Serializable {}
