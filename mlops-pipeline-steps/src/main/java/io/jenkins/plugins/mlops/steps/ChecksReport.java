package io.jenkins.plugins.mlops.steps;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.mlops.gate.EvaluationMarkdown;
import io.jenkins.mlops.gate.Verdict;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksOutput;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Shows an evaluation on the pull request that it was made for, where the plugin checks-api is installed. */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class ChecksReport extends EvaluationListener {
    /** What a check is called where the step says nothing else. */
    static final String NAME = "Model evaluation";

    @Override
    public void onEvaluated(Run<?, ?> build, TaskListener listener, RecordedEvaluation evaluation) {
        if (evaluation.skipPublishingChecks()) {
            return;
        }
        ChecksDetails.ChecksDetailsBuilder check = new ChecksDetails.ChecksDetailsBuilder()
                .withName(name(evaluation))
                .withStatus(ChecksStatus.COMPLETED)
                .withConclusion(conclusion(evaluation.gates().verdict()))
                .withOutput(new ChecksOutput.ChecksOutputBuilder()
                        .withTitle(EvaluationMarkdown.title(evaluation.gates()))
                        .withSummary(EvaluationMarkdown.summary(evaluation.report()))
                        .withText(
                                EvaluationMarkdown.text(evaluation.report(), evaluation.gates(), evaluation.champion()))
                        .build());
        String root = Jenkins.get().getRootUrl();
        if (root != null) {
            check.withDetailsURL(root + build.getUrl() + "mlops/");
        }
        ChecksPublisherFactory.fromRun(build, listener).publish(check.build());
    }

    /** A second evaluation under the same name would take the first one's place. */
    private static String name(RecordedEvaluation evaluation) {
        if (!evaluation.checksName().isEmpty()) {
            return evaluation.checksName();
        }
        return evaluation.name().isEmpty() ? NAME : NAME + " / " + evaluation.name();
    }

    private static ChecksConclusion conclusion(Verdict verdict) {
        return switch (verdict) {
            case PASS -> ChecksConclusion.SUCCESS;
            case INCONCLUSIVE -> ChecksConclusion.NEUTRAL;
            case FAIL -> ChecksConclusion.FAILURE;
        };
    }
}
