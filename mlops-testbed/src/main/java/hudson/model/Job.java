package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.CopyOnWriteList;
import hudson.util.RunList;
import io.jenkins.mlops.testbed.host.Discarder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import jenkins.model.BuildDiscarder;
import jenkins.model.BuildDiscarderProperty;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;

/** An item that has builds. */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem
        implements ExtensionPoint {
    protected transient volatile int nextBuildNumber = 1;
    protected CopyOnWriteList<JobProperty<? super JobT>> properties = new CopyOnWriteList<>();

    protected Job(ItemGroup parent, String name) {
        super(parent, name);
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        super.onLoad(parent, name);
        File file = nextBuildNumberFile();
        nextBuildNumber =
                file.exists() ? Integer.parseInt(Files.readString(file.toPath()).trim()) : 1;
        if (properties == null) {
            properties = new CopyOnWriteList<>();
        }
        for (JobProperty<? super JobT> p : properties) {
            own(p);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void own(JobProperty p) {
        p.setOwner(this);
    }

    private File nextBuildNumberFile() {
        return new File(getRootDir(), "nextBuildNumber");
    }

    protected synchronized void saveNextBuildNumber() throws IOException {
        Files.createDirectories(getRootDir().toPath());
        Files.writeString(nextBuildNumberFile().toPath(), nextBuildNumber + "\n");
    }

    @Exported
    public boolean isInQueue() {
        return getQueueItem() != null;
    }

    @Exported
    public Queue.Item getQueueItem() {
        return this instanceof Queue.Task task ? Jenkins.get().getQueue().getItem(task) : null;
    }

    public boolean isBuilding() {
        RunT last = getLastBuild();
        return last != null && last.isBuilding();
    }

    public synchronized int assignBuildNumber() throws IOException {
        int assigned = nextBuildNumber++;
        saveNextBuildNumber();
        return assigned;
    }

    @Exported
    public int getNextBuildNumber() {
        return nextBuildNumber;
    }

    public synchronized void updateNextBuildNumber(int next) throws IOException {
        RunT last = getLastBuild();
        if (last == null || next > last.getNumber()) {
            nextBuildNumber = next;
            saveNextBuildNumber();
        }
    }

    public EnvVars getCharacteristicEnvVars() {
        EnvVars env = new EnvVars();
        env.put(
                "JENKINS_SERVER_COOKIE",
                Util.getDigestOf("ServerID:" + Jenkins.get().getRootDir()));
        env.put("JOB_NAME", getFullName());
        env.put("JOB_BASE_NAME", getName());
        return env;
    }

    public @NonNull EnvVars getEnvironment(@CheckForNull Node node, @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        EnvVars env = new EnvVars();
        if (node != null) {
            Computer computer = node.toComputer();
            if (computer != null) {
                env.putAll(computer.getEnvironment());
            }
        }
        env.putAll(getCharacteristicEnvVars());
        String root = Jenkins.get().getRootUrl();
        if (root != null) {
            env.put("JENKINS_URL", root);
            env.put("HUDSON_URL", root);
            env.put("JOB_URL", getAbsoluteUrl());
        }
        return env;
    }

    public synchronized BuildDiscarder getBuildDiscarder() {
        BuildDiscarderProperty p = getProperty(BuildDiscarderProperty.class);
        return p == null ? null : p.getStrategy();
    }

    public synchronized void setBuildDiscarder(BuildDiscarder bd) throws IOException {
        removeProperty(BuildDiscarderProperty.class);
        if (bd != null) {
            addProperty(new BuildDiscarderProperty(bd));
        }
    }

    public void logRotate() throws IOException, InterruptedException {
        Discarder.discard(this);
    }

    @Override
    public Collection<? extends Job> getAllJobs() {
        return Collections.singleton(this);
    }

    public void addProperty(@NonNull JobProperty<? super JobT> jobProp) throws IOException {
        own(jobProp);
        properties.add(jobProp);
        save();
    }

    public void removeProperty(JobProperty<? super JobT> jobProp) throws IOException {
        properties.remove(jobProp);
        save();
    }

    public <T extends JobProperty> T removeProperty(Class<T> clazz) throws IOException {
        for (JobProperty<? super JobT> p : properties) {
            if (clazz.isInstance(p)) {
                removeProperty(p);
                return clazz.cast(p);
            }
        }
        return null;
    }

    public List<JobProperty<? super JobT>> getAllProperties() {
        return properties.getView();
    }

    public <T extends JobProperty> T getProperty(Class<T> clazz) {
        for (Object p : properties) {
            if (clazz.isInstance(p)) {
                return clazz.cast(p);
            }
        }
        return null;
    }

    @Override
    public void delete() throws IOException, InterruptedException {
        super.delete();
    }

    public abstract boolean isBuildable();

    public RunList<RunT> getBuilds() {
        return RunList.fromRuns(_getRuns().values());
    }

    public SortedMap<Integer, RunT> getBuildsAsMap() {
        return Collections.unmodifiableSortedMap(_getRuns());
    }

    @CheckForNull
    public RunT getBuild(String id) {
        try {
            return getBuildByNumber(Integer.parseInt(id));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    public RunT getBuildByNumber(int n) {
        return _getRuns().get(n);
    }

    public Object getDynamic(String token, StaplerRequest2 req, StaplerResponse2 rsp) {
        RunT byNumber = getBuild(token);
        if (byNumber != null) {
            return byNumber;
        }
        return switch (token) {
            case "lastBuild" -> getLastBuild();
            case "lastSuccessfulBuild" -> getLastSuccessfulBuild();
            case "lastStableBuild" -> getLastStableBuild();
            case "lastFailedBuild" -> getLastFailedBuild();
            case "lastUnstableBuild" -> getLastUnstableBuild();
            case "lastUnsuccessfulBuild" -> getLastUnsuccessfulBuild();
            case "lastCompletedBuild" -> getLastCompletedBuild();
            default -> super.getDynamic(token, req, rsp);
        };
    }

    public File getBuildDir() {
        return new File(getRootDir(), "builds");
    }

    @SuppressWarnings("unchecked")
    protected abstract SortedMap<Integer, RunT> _getRuns();

    protected abstract void removeRun(RunT run);

    @Exported
    @CheckForNull
    public RunT getLastBuild() {
        SortedMap<Integer, RunT> runs = _getRuns();
        return runs.isEmpty() ? null : runs.get(runs.firstKey());
    }

    @Exported
    @CheckForNull
    public RunT getFirstBuild() {
        SortedMap<Integer, RunT> runs = _getRuns();
        return runs.isEmpty() ? null : runs.get(runs.lastKey());
    }

    private RunT last(Predicate<Result> wanted) {
        for (RunT r : _getRuns().values()) {
            if (!r.isBuilding() && r.getResult() != null && wanted.test(r.getResult())) {
                return r;
            }
        }
        return null;
    }

    @Exported
    @CheckForNull
    public RunT getLastSuccessfulBuild() {
        return last(r -> r.isBetterOrEqualTo(Result.UNSTABLE));
    }

    @Exported
    @CheckForNull
    public RunT getLastUnsuccessfulBuild() {
        return last(r -> r != Result.SUCCESS);
    }

    @Exported
    @CheckForNull
    public RunT getLastUnstableBuild() {
        return last(r -> r == Result.UNSTABLE);
    }

    @Exported
    @CheckForNull
    public RunT getLastStableBuild() {
        return last(r -> r == Result.SUCCESS);
    }

    @Exported
    @CheckForNull
    public RunT getLastFailedBuild() {
        return last(r -> r == Result.FAILURE);
    }

    @Exported
    @CheckForNull
    public RunT getLastCompletedBuild() {
        for (RunT r : _getRuns().values()) {
            if (!r.isBuilding()) {
                return r;
            }
        }
        return null;
    }

    public long getEstimatedDuration() {
        RunT done = getLastSuccessfulBuild();
        return done == null ? -1 : done.getDuration();
    }

    @Exported(visibility = 2, name = "color")
    public BallColor getIconColor() {
        RunT last = getLastBuild();
        return last == null ? BallColor.NOTBUILT : last.getIconColor();
    }

    @NonNull
    @Override
    public ACL getACL() {
        return Jenkins.get().getAuthorizationStrategy().getACL(this);
    }
}
