package io.jenkins.plugins.mlops.registry.cli;

import hudson.Extension;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.plugins.mlops.registry.rebuild.RebuildReport;
import io.jenkins.plugins.mlops.registry.rebuild.RegistryRebuild;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Option;

/** The command {@code mlops-rebuild}: puts versions back that builds have on record and the registry lacks. */
@Extension
public final class MlopsRebuildCommand extends RegistryCommand {
    @Option(name = "--dry-run", usage = "only report what would be put back")
    private boolean dryRun = false;

    @Override
    public String getShortDescription() {
        return Messages.MlopsRebuildCommand_shortDescription();
    }

    @Override
    void checkPermission() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
    }

    @Override
    int work(ModelRegistry registry) {
        RebuildReport report = RegistryRebuild.get().run(dryRun);
        report.restored().forEach(name -> stdout.println((dryRun ? "would put back " : "put back ") + name));
        report.problems().forEach(problem -> stdout.println("NOT put back: " + problem));
        stdout.println(report.builds() + " builds read, " + report.present() + " versions there, "
                + report.restored().size() + (dryRun ? " to put back, " : " put back, ")
                + report.problems().size() + " problems");
        return report.problems().isEmpty() ? 0 : 1;
    }
}
