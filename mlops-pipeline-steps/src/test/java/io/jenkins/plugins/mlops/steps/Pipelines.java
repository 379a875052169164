package io.jenkins.plugins.mlops.steps;

import java.util.Locale;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Jenkinsfiles for the tests of the steps: small data, written by the Pipeline itself, always sandboxed. */
final class Pipelines {
    /** Writes {@code predictions.csv}: 200 rows with columns id, label (0 or 1), score and region; ROC AUC about 0.9. */
    static final String PREDICTIONS = """
            writeFile file: 'predictions.csv', text: 'id,label,score,region\\n' + (1..200).collect {
              "${it},${it % 2},${((it * 37) % 100) / 200.0 + (it % 2) * 0.4},${it % 3 == 0 ? 'north' : 'south'}"
            }.join('\\n') + '\\n'
            """;

    /** Writes the folder {@code model} with one file. */
    static final String MODEL = "writeFile file: 'model/weights.json', text: '{\"w\": [1, 2, 3]}'\n";

    private Pipelines() {}

    /** A job whose Pipeline is this script, in the sandbox. */
    static WorkflowJob job(JenkinsRule j, String name, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** The script inside {@code node}. */
    static String onNode(String script) {
        return "node {\n" + script + "\n}\n";
    }

    /** The script as the steps of a Declarative Pipeline. */
    static String declarative(String steps) {
        return String.format(Locale.ROOT, """
                pipeline {
                  agent any
                  stages {
                    stage('Only') {
                      steps {
                        %s
                      }
                    }
                  }
                }
                """, steps);
    }

    /** The whole console of a build. */
    static String log(WorkflowRun run) throws Exception {
        return JenkinsRule.getLog(run);
    }
}
