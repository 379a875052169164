package io.jenkins.plugins.mlops.steps;

import io.jenkins.plugins.mlops.registry.lineage.EvaluationFact;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import io.jenkins.plugins.mlops.registry.lineage.RunFact;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/**
 * The runs and evaluations that a step comes after, as the Pipeline's graph has it.
 *
 * <p>The last one of the build is not the last one before a step: branches of {@code parallel} train and evaluate at
 * once, and what one branch did says nothing of the model of another.
 */
final class Precedents {
    private final LineageAction lineage;
    private final FlowNode step;

    Precedents(LineageAction lineage, FlowNode step) {
        this.lineage = lineage;
        this.step = step;
    }

    /** The last run that was opened before the step. */
    Optional<RunFact> run() {
        return last(lineage.getRuns(), RunFact::getNode, run -> true);
    }

    /**
     * The last evaluation before the step of what a run has trained.
     *
     * @param runId the run, empty if there is none
     */
    Optional<EvaluationFact> evaluation(String runId) {
        return last(
                lineage.getEvaluations(),
                EvaluationFact::getId,
                evaluation -> evaluation.getRunId().isEmpty()
                        || runId.isEmpty()
                        || evaluation.getRunId().equals(runId));
    }

    private <F> Optional<F> last(List<F> facts, Function<F, String> node, Predicate<F> fits) {
        Set<String> before = before(new HashSet<>(facts.stream().map(node).toList()));
        for (int i = facts.size() - 1; i >= 0; i--) {
            F fact = facts.get(i);
            if (fits.test(fact) && before.contains(node.apply(fact))) {
                return Optional.of(fact);
            }
        }
        return Optional.empty();
    }

    /** Which of these nodes the step comes after; walks back until all of them are met. */
    private Set<String> before(Set<String> wanted) {
        Set<String> met = new HashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<FlowNode> open = new ArrayDeque<>(List.of(step));
        while (!open.isEmpty() && met.size() < wanted.size()) {
            FlowNode node = open.removeFirst();
            if (seen.add(node.getId())) {
                if (wanted.contains(node.getId())) {
                    met.add(node.getId());
                }
                open.addAll(node.getParents());
            }
        }
        return met;
    }
}
