package io.jenkins.plugins.mlops.registry.cli;

import hudson.Extension;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.retention.RetentionReport;
import io.jenkins.plugins.mlops.registry.retention.RetentionSweep;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Option;

/** The command {@code mlops-retention}: shows which versions the retention rules let go, or deletes them now. */
@Extension
public final class MlopsRetentionCommand extends RegistryCommand {
    @Option(name = "--apply", usage = "delete them now; default: only report what would be deleted")
    private boolean apply = false;

    @Override
    public String getShortDescription() {
        return Messages.MlopsRetentionCommand_shortDescription();
    }

    @Override
    void checkPermission() {
        Jenkins.get().checkPermission(apply ? Jenkins.ADMINISTER : MlopsPermissions.VIEW);
    }

    @Override
    int work(ModelRegistry registry) {
        RetentionReport report = apply
                ? RetentionSweep.get().apply(Jenkins.getAuthentication2().getName())
                : RetentionSweep.get().preview();
        report.versions().forEach(name -> stdout.println((apply ? "deleted " : "would delete ") + name));
        report.problems().forEach(problem -> stdout.println("NOT deleted: " + problem));
        stdout.println(report.versions().size() + (apply ? " deleted, " : " to delete, ")
                + report.problems().size() + " problems");
        return report.problems().isEmpty() ? 0 : 1;
    }
}
