package io.jenkins.mlops.evaluation;

import java.io.Serializable;

/**
 * The registered version that a candidate was compared with.
 *
 * @param alias the alias that it held then
 * @param version its number, from 1
 * @param digest its digest
 */
public record ComparedChampion(String alias, int version, String digest) implements Serializable {
    public ComparedChampion {
        Bounds.text(alias, "alias of the champion");
        Bounds.text(digest, "digest of the champion");
        if (version < 1) {
            throw new EvaluationException("the champion's version must be 1 or more, found " + version);
        }
    }
}
