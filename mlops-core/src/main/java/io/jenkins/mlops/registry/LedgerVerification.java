package io.jenkins.mlops.registry;

import java.io.Serializable;

/**
 * The outcome of checking the ledger from its first entry to its head.
 *
 * @param intact whether every entry fits the one before and the head
 * @param entries how many entries were read
 * @param firstBroken number of the first entry that doesn't fit; 0 when intact
 * @param explanation what was expected and what was found, for people
 * @param headHash the hash of the last entry; note it elsewhere to notice a rewritten ledger
 */
public record LedgerVerification(boolean intact, long entries, long firstBroken, String explanation, String headHash)
        implements Serializable {}
