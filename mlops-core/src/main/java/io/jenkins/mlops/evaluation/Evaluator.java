package io.jenkins.mlops.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Evaluates a predictions file (CSV or JSON Lines, plain or gzipped; chosen by its name). Needs nothing but the JDK, so
 * that it runs on an agent beside the file.
 */
public final class Evaluator {
    /**
     * Evaluates one model's predictions.
     *
     * @throws EvaluationException if the file or the options can't be evaluated; the message names row and remedy
     * @throws IOException if the file can't be read
     */
    public EvaluationReport evaluate(Path predictions, EvaluationOptions options) throws IOException {
        return run(predictions, null, options);
    }

    /**
     * Evaluates the candidate's predictions and compares them, row by row, with the champion's on the same rows.
     *
     * @throws EvaluationException also if the two files don't hold the same rows; the message says how they differ
     * @throws IOException if a file can't be read
     */
    public EvaluationReport evaluate(Path predictions, Path championPredictions, EvaluationOptions options)
            throws IOException {
        return run(predictions, championPredictions, options);
    }

    private EvaluationReport run(Path predictions, Path champion, EvaluationOptions options) throws IOException {
        for (Path file : champion == null ? new Path[] {predictions} : new Path[] {predictions, champion}) {
            if (!Files.isRegularFile(file)) {
                throw new EvaluationException("expected a predictions file at " + file + ", found none");
            }
        }
        throw new EvaluationException("no reader for " + predictions + " with label " + options.label());
    }
}
