package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.registry.LedgerEntry;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;

/** One entry of the ledger. */
public record LedgerRow(LedgerEntry entry) {
    public long getSeq() {
        return entry.seq();
    }

    public String getTime() {
        return NumberText.time(entry.millis());
    }

    public String getKind() {
        return entry.kind();
    }

    public String getActor() {
        return entry.actor();
    }

    public String getPayload() {
        return entry.payload();
    }

    public String getHash() {
        return entry.hash().substring(0, 12);
    }
}
