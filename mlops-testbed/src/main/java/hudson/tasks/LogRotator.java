package hudson.tasks;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Job;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.BuildDiscarder;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Discards builds by number and age. */
public class LogRotator extends BuildDiscarder {
    private final int daysToKeep;
    private final int numToKeep;

    @DataBoundConstructor
    public LogRotator(
            String daysToKeepStr, String numToKeepStr, String artifactDaysToKeepStr, String artifactNumToKeepStr) {
        this(parse(daysToKeepStr), parse(numToKeepStr), parse(artifactDaysToKeepStr), parse(artifactNumToKeepStr));
    }

    public LogRotator(int daysToKeep, int numToKeep, int artifactDaysToKeep, int artifactNumToKeep) {
        this.daysToKeep = daysToKeep;
        this.numToKeep = numToKeep;
    }

    private static int parse(String s) {
        return Util.fixEmpty(s) == null ? -1 : Integer.parseInt(s.trim());
    }

    @Override
    public void perform(Job<?, ?> job) throws IOException, InterruptedException {
        List<Run<?, ?>> all = new ArrayList<>(job.getBuilds());
        long oldest = System.currentTimeMillis() - TimeUnit.DAYS.toMillis(daysToKeep);
        for (int i = 0; i < all.size(); i++) {
            Run<?, ?> r = all.get(i);
            boolean tooMany = numToKeep >= 0 && i >= numToKeep;
            boolean tooOld = daysToKeep >= 0 && r.getTimeInMillis() < oldest;
            boolean spared = r.isKeepLog()
                    || r.isBuilding()
                    || r == job.getLastSuccessfulBuild()
                    || r == job.getLastStableBuild();
            if ((tooMany || tooOld) && !spared) {
                r.delete();
            }
        }
    }

    public int getDaysToKeep() {
        return daysToKeep;
    }

    public int getNumToKeep() {
        return numToKeep;
    }

    @Extension
    @Symbol("logRotator")
    public static final class LRDescriptor extends Descriptor<BuildDiscarder> {
        @Override
        public String getDisplayName() {
            return "Log Rotation";
        }
    }
}
