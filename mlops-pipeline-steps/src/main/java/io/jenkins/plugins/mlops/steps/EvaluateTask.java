package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DatasetSnapshot;
import io.jenkins.mlops.data.SnapshotOptions;
import io.jenkins.mlops.data.Snapshotter;
import io.jenkins.mlops.data.WorkspacePath;
import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.Evaluator;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Evaluates a predictions file where it lies.
 *
 * @param predictions path in the workspace
 * @param championPredictions path of the champion's predictions on the same rows, null for none
 * @param options how to read and evaluate them
 */
record EvaluateTask(String predictions, @CheckForNull String championPredictions, EvaluationOptions options)
        implements ControllerToAgentFileCallable<EvaluateTask.Outcome> {

    /**
     * What was found.
     *
     * @param report the evaluation
     * @param snapshot the file that it was computed from
     */
    record Outcome(EvaluationReport report, DatasetSnapshot snapshot) implements Serializable {}

    @Override
    public Outcome invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        Path root = workspace.toPath();
        Path candidate = file(root, predictions, "predictions");
        Evaluator evaluator = new Evaluator();
        EvaluationReport report = championPredictions == null
                ? evaluator.evaluate(candidate, options)
                : evaluator.evaluate(candidate, file(root, championPredictions, "championPredictions"), options);
        DatasetSnapshot snapshot = new Snapshotter()
                .snapshot(candidate, SnapshotOptions.of(predictions).withProfile(false))
                .snapshot();
        return new Outcome(report, snapshot);
    }

    private static Path file(Path root, String path, String option) throws IOException {
        Path file = WorkspacePath.resolve(root, path).path();
        if (!Files.isRegularFile(file)) {
            throw new DataException("Expected a predictions file at '" + path + "' in the workspace (option " + option
                    + "), found " + (Files.isDirectory(file) ? "a folder" : "none")
                    + ". Let the training or scoring write it before this step.");
        }
        return file;
    }
}
