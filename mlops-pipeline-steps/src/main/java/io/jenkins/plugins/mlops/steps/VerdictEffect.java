package io.jenkins.plugins.mlops.steps;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.gate.GateReport;
import io.jenkins.mlops.gate.GateResult;
import io.jenkins.mlops.gate.Verdict;
import java.io.IOException;
import java.util.Locale;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a verdict does to the build: nothing, a warning that makes it unstable, or its end. */
enum VerdictEffect {
    NONE,
    UNSTABLE,
    FAILURE;

    /** The names as a form offers them, the strictest first. */
    static ListBoxModel items() {
        return new ListBoxModel(
                new ListBoxModel.Option("failure"),
                new ListBoxModel.Option("unstable"),
                new ListBoxModel.Option("none"));
    }

    /** @throws IllegalArgumentException listing the three names, if it is none of them */
    static VerdictEffect parse(String option, String name) {
        try {
            return valueOf(name.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException x) {
            throw new IllegalArgumentException(
                    "expected 'failure', 'unstable' or 'none' for " + option + ", found '" + name + "'", x);
        }
    }

    /**
     * Takes effect.
     *
     * @throws AbortException with the message, if the effect is to fail
     */
    void apply(String message, StepContext context) throws IOException, InterruptedException {
        switch (this) {
            case NONE -> {}
            case UNSTABLE -> {
                context.get(TaskListener.class).getLogger().println("[mlops] UNSTABLE: " + message);
                context.get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(message));
                context.get(Run.class).setResult(Result.UNSTABLE);
            }
            case FAILURE -> throw new AbortException(message);
        }
    }

    /** Why the gates did not pass, in one sentence: the worst of them, and how many more. */
    static String explain(GateReport report) {
        GateResult worst = report.results().stream()
                .filter(result -> result.verdict() == report.verdict())
                .findFirst()
                .orElseThrow();
        long others = report.results().stream()
                        .filter(result -> result.verdict() != Verdict.PASS)
                        .count()
                - 1;
        String what = report.verdict() == Verdict.FAIL ? "Gate failed: " : "Gate inconclusive: ";
        String more =
                others == 0 ? "" : " (" + others + (others == 1 ? " more gate" : " more gates") + " did not pass)";
        return what + worst.rule() + ": " + worst.explanation() + more;
    }
}
