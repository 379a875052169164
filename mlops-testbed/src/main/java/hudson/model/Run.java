package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.BulkChange;
import hudson.EnvVars;
import hudson.Functions;
import hudson.Util;
import hudson.XmlFile;
import hudson.model.listeners.RunListener;
import hudson.model.listeners.SaveableListener;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import hudson.util.XStream2;
import io.jenkins.mlops.testbed.host.Artifacts;
import io.jenkins.mlops.testbed.host.Discarder;
import io.jenkins.mlops.testbed.host.Folders;
import io.jenkins.mlops.testbed.host.Text;
import jakarta.servlet.ServletException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.ArtifactManager;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import jenkins.model.StandardArtifactManager;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.springframework.security.access.AccessDeniedException;

/** One execution of a job. */
@ExportedBean
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements hudson.ExtensionPoint, Comparable<RunT>, AccessControlled, PersistenceRoot, StaplerProxy {
    private static final Logger LOGGER = Logger.getLogger(Run.class.getName());
    public static final XStream2 XSTREAM2 = new XStream2();
    public static final PermissionGroup PERMISSIONS = new PermissionGroup(Run.class, Text.of("Run"));
    public static final Permission DELETE =
            new Permission(PERMISSIONS, "Delete", Text.of("Delete a build"), Permission.DELETE, PermissionScope.RUN);
    public static final Permission UPDATE =
            new Permission(PERMISSIONS, "Update", Text.of("Change a build"), Permission.UPDATE, PermissionScope.RUN);
    public static final Permission ARTIFACTS = new Permission(
            PERMISSIONS, "Artifacts", Text.of("Read a build's artifacts"), null, false, new PermissionScope[] {
                PermissionScope.RUN
            });

    protected final transient @NonNull JobT project;
    public transient int number;
    private long queueId = -1;
    protected long timestamp;
    private long startTime;
    protected volatile Result result;
    protected volatile String description;
    private volatile String displayName;
    protected long duration;
    protected String charset;
    private boolean keepLog;
    private ArtifactManager artifactManager;
    private transient volatile State state;

    private enum State {
        NOT_STARTED,
        BUILDING,
        COMPLETED
    }

    protected Run(@NonNull JobT job) throws IOException {
        this(job, System.currentTimeMillis());
        number = project.assignBuildNumber();
        Files.createDirectories(getRootDir().toPath());
    }

    protected Run(@NonNull JobT job, long timestamp) {
        this.project = job;
        this.timestamp = timestamp;
        this.state = State.NOT_STARTED;
    }

    protected Run(@NonNull JobT project, @NonNull File buildDir) throws IOException {
        this.project = project;
        this.number = Integer.parseInt(buildDir.getName());
        this.state = State.COMPLETED;
        reload();
    }

    public void reload() throws IOException {
        result = Result.FAILURE;
        getDataFile().unmarshal(this);
        if (state == null) {
            state = State.COMPLETED;
        }
        onLoad();
    }

    private XmlFile getDataFile() {
        return new XmlFile(XSTREAM2, new File(getRootDir(), "build.xml"));
    }

    protected void onLoad() {
        for (Action a : getActions()) {
            if (a instanceof RunAction2 r) {
                try {
                    r.onLoad(this);
                } catch (RuntimeException x) {
                    LOGGER.log(Level.WARNING, "failed to load " + a + " from " + getDataFile(), x);
                    removeAction(a);
                }
            }
        }
        if (artifactManager != null) {
            artifactManager.onLoad(this);
        }
    }

    @Override
    public void addAction(@NonNull Action a) {
        super.addAction(a);
        if (a instanceof RunAction2 r) {
            r.onAttached(this);
        }
    }

    @SuppressWarnings("unchecked")
    protected @NonNull RunT _this() {
        return (RunT) this;
    }

    @Override
    public int compareTo(@NonNull RunT that) {
        int byNumber = Integer.compare(number, that.number);
        return byNumber != 0
                ? byNumber
                : getParent().getFullName().compareTo(that.getParent().getFullName());
    }

    @Exported
    public long getQueueId() {
        return queueId;
    }

    public void setQueueId(long queueId) {
        this.queueId = queueId;
    }

    @Exported
    public @CheckForNull Result getResult() {
        return result;
    }

    public void setResult(@NonNull Result r) {
        if (state != State.BUILDING) {
            throw new IllegalStateException("cannot change build result while in " + state);
        }
        Result old = result;
        if (old == null || r.isWorseThan(old)) {
            result = r;
        }
    }

    @Exported
    public boolean isBuilding() {
        return state == State.BUILDING || state == State.NOT_STARTED;
    }

    @Exported
    public boolean isInProgress() {
        return state == State.BUILDING;
    }

    public boolean isLogUpdated() {
        return state != State.COMPLETED;
    }

    @Exported
    @CheckForNull
    public Executor getExecutor() {
        return this instanceof Queue.Executable e ? Executor.of(e) : null;
    }

    public final @NonNull Charset getCharset() {
        return charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset);
    }

    public @NonNull List<Cause> getCauses() {
        CauseAction a = getAction(CauseAction.class);
        return a == null ? List.of() : a.getCauses();
    }

    public @CheckForNull <T extends Cause> T getCause(Class<T> type) {
        for (Cause c : getCauses()) {
            if (type.isInstance(c)) {
                return type.cast(c);
            }
        }
        return null;
    }

    @Exported
    public final boolean isKeepLog() {
        return getWhyKeepLog() != null;
    }

    public @CheckForNull String getWhyKeepLog() {
        return keepLog ? "This build is kept forever." : null;
    }

    public @NonNull JobT getParent() {
        return project;
    }

    public @NonNull Calendar getTimestamp() {
        Calendar c = new GregorianCalendar();
        c.setTimeInMillis(timestamp);
        return c;
    }

    @NonNull
    public final Date getTime() {
        return new Date(timestamp);
    }

    public final long getTimeInMillis() {
        return timestamp;
    }

    public final long getStartTimeInMillis() {
        return startTime == 0 ? timestamp : startTime;
    }

    @Exported
    public String getDescription() {
        return description;
    }

    public @NonNull String getTimestampString() {
        return Util.getTimeSpanString(System.currentTimeMillis() - timestamp);
    }

    @NonNull
    public String getDurationString() {
        return isBuilding()
                ? Util.getTimeSpanString(System.currentTimeMillis() - getStartTimeInMillis()) + " and counting"
                : Util.getTimeSpanString(duration);
    }

    @Exported
    public long getDuration() {
        return duration;
    }

    @NonNull
    public BallColor getIconColor() {
        if (!isBuilding()) {
            return result == null ? BallColor.NOTBUILT : result.color;
        }
        RunT previous = getPreviousBuild();
        return (previous == null ? BallColor.NOTBUILT : previous.getIconColor()).anime();
    }

    @Override
    public String toString() {
        return project.getFullName() + " #" + number;
    }

    @Exported
    public String getFullDisplayName() {
        return project.getFullDisplayName() + ' ' + getDisplayName();
    }

    @Exported
    @Override
    public String getDisplayName() {
        return displayName != null ? displayName : "#" + number;
    }

    public void setDisplayName(String value) throws IOException {
        checkPermission(UPDATE);
        this.displayName = value;
        save();
    }

    @Exported(visibility = 2)
    public int getNumber() {
        return number;
    }

    private RunT neighbour(boolean older, Predicate<RunT> wanted) {
        SortedMap<Integer, ? extends RunT> runs = project._getRuns();
        RunT found = null;
        if (older) {
            for (RunT r : runs.tailMap(number - 1).values()) {
                if (wanted.test(r)) {
                    return r;
                }
            }
        } else {
            for (RunT r : runs.headMap(number).values()) {
                found = wanted.test(r) ? r : found;
            }
        }
        return found;
    }

    @Exported(visibility = 2)
    public @CheckForNull RunT getPreviousBuild() {
        return neighbour(true, r -> true);
    }

    public final @CheckForNull RunT getPreviousCompletedBuild() {
        return neighbour(true, r -> !r.isBuilding());
    }

    public @CheckForNull RunT getPreviousBuiltBuild() {
        return neighbour(true, r -> r.getResult() != null && r.getResult() != Result.NOT_BUILT);
    }

    public @CheckForNull RunT getPreviousNotFailedBuild() {
        return neighbour(true, r -> {
            Result how = r.getResult();
            return how != null && how.isBetterThan(Result.FAILURE);
        });
    }

    public @CheckForNull RunT getPreviousFailedBuild() {
        return neighbour(true, r -> r.getResult() == Result.FAILURE);
    }

    public @CheckForNull RunT getPreviousSuccessfulBuild() {
        return neighbour(true, r -> r.getResult() == Result.SUCCESS);
    }

    @Exported(visibility = 2)
    public @CheckForNull RunT getNextBuild() {
        return neighbour(false, r -> true);
    }

    public @NonNull String getUrl() {
        return project.getUrl() + getNumber() + '/';
    }

    @Exported(visibility = 2, name = "url")
    public final @NonNull String getAbsoluteUrl() {
        return project.getAbsoluteUrl() + getNumber() + '/';
    }

    @Exported
    @NonNull
    public String getId() {
        return Integer.toString(number);
    }

    @Override
    public @NonNull File getRootDir() {
        return new File(project.getBuildDir(), Integer.toString(number));
    }

    public List<ParameterValue> getParameterValues() {
        ParametersAction a = getAction(ParametersAction.class);
        return a != null ? a.getParameters() : List.of();
    }

    public final @NonNull ArtifactManager getArtifactManager() {
        return artifactManager != null ? artifactManager : new StandardArtifactManager(this);
    }

    public final synchronized @NonNull ArtifactManager pickArtifactManager() throws IOException {
        if (artifactManager == null) {
            ArtifactManager chosen = Artifacts.choose(this);
            chosen.onLoad(this);
            artifactManager = chosen;
            save();
        }
        return artifactManager;
    }

    @Deprecated
    public File getArtifactsDir() {
        return new File(getRootDir(), "archive");
    }

    @Exported
    public @NonNull List<Artifact> getArtifacts() {
        return getArtifactsUpTo(Integer.MAX_VALUE);
    }

    public @NonNull List<Artifact> getArtifactsUpTo(int artifactsNumber) {
        List<Artifact> found = new ArrayList<>();
        for (String path : Artifacts.list(this, artifactsNumber)) {
            found.add(new Artifact(path));
        }
        return found;
    }

    public boolean getHasArtifacts() {
        return !getArtifactsUpTo(1).isEmpty();
    }

    @Exported(name = "fingerprint", inline = true, visibility = -1)
    public Collection<Fingerprint> getBuildFingerprints() {
        hudson.tasks.Fingerprinter.FingerprintAction a = getAction(hudson.tasks.Fingerprinter.FingerprintAction.class);
        return a == null ? List.of() : a.getFingerprints().values();
    }

    public @NonNull File getLogFile() {
        return new File(getRootDir(), "log");
    }

    public @NonNull InputStream getLogInputStream() throws IOException {
        File log = getLogFile();
        return log.exists() ? Files.newInputStream(log.toPath()) : InputStream.nullInputStream();
    }

    public @NonNull Reader getLogReader() throws IOException {
        return new InputStreamReader(getLogInputStream(), getCharset());
    }

    public @NonNull Api getApi() {
        return new Api(this);
    }

    @Override
    public ACL getACL() {
        return getParent().getACL();
    }

    public void delete() throws IOException {
        if (isLogUpdated()) {
            throw new IOException("Unable to delete " + this + " because it is still running");
        }
        RunListener.fireDeleted(this);
        Folders.delete(getRootDir().toPath());
        removeRunFromParent();
    }

    private void removeRunFromParent() {
        getParent().removeRun(_this());
    }

    protected void onStartBuilding() {
        state = State.BUILDING;
        startTime = System.currentTimeMillis();
    }

    protected void onEndBuilding() {
        state = State.COMPLETED;
        if (result == null) {
            result = Result.FAILURE;
        }
        RunListener.fireFinalized(this);
        try {
            Discarder.discard(getParent());
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.WARNING, "Failed to rotate log", e);
        }
    }

    @Override
    public synchronized void save() throws IOException {
        if (BulkChange.contains(this)) {
            return;
        }
        getDataFile().write(this);
        SaveableListener.fireOnChange(this, getDataFile());
    }

    @NonNull
    @Deprecated
    public String getLog() throws IOException {
        return new String(getLogInputStream().readAllBytes(), getCharset());
    }

    public @NonNull List<String> getLog(int maxLines) throws IOException {
        if (maxLines == 0) {
            return List.of();
        }
        List<String> lines = getLog().lines().toList();
        return new ArrayList<>(lines.subList(Math.max(0, lines.size() - maxLines), lines.size()));
    }

    public void doConsoleText(StaplerRequest2 req, StaplerResponse2 rsp) throws IOException {
        rsp.setContentType("text/plain;charset=UTF-8");
        try (InputStream in = getLogInputStream()) {
            in.transferTo(rsp.getOutputStream());
        }
    }

    public @NonNull DirectoryBrowserSupport doArtifact() {
        return new DirectoryBrowserSupport(
                this, getArtifactManager().root(), getFullDisplayName() + " artifacts", "package.png", true);
    }

    public final void keepLog() throws IOException {
        keepLog(true);
    }

    public void keepLog(boolean newValue) throws IOException {
        keepLog = newValue;
        save();
    }

    public void setDescription(String description) throws IOException {
        checkPermission(UPDATE);
        this.description = description;
        save();
    }

    @RequirePOST
    public void doDoDelete(StaplerRequest2 req, StaplerResponse2 rsp) throws IOException, ServletException {
        checkPermission(DELETE);
        if (isKeepLog()) {
            rsp.sendError(StaplerResponse2.SC_CONFLICT, toString() + ": " + getWhyKeepLog());
            return;
        }
        delete();
        rsp.sendRedirect2(req.getContextPath() + '/' + getParent().getUrl());
    }

    public @NonNull EnvVars getEnvironment(@NonNull TaskListener listener) throws IOException, InterruptedException {
        Computer c = Computer.currentComputer();
        EnvVars env = getParent().getEnvironment(c == null ? null : c.getNode(), listener);
        env.putAll(getCharacteristicEnvVars());
        if (Jenkins.get().getRootUrl() != null) {
            env.put("BUILD_URL", getAbsoluteUrl());
        }
        for (ParameterValue p : getParameterValues()) {
            p.buildEnvironment(this, env);
        }
        for (EnvironmentContributor contributor : EnvironmentContributor.all()) {
            contributor.buildEnvironmentFor(this, env, listener);
        }
        for (EnvironmentContributingAction a : getActions(EnvironmentContributingAction.class)) {
            a.buildEnvironment(this, env);
        }
        return env;
    }

    @NonNull
    public final EnvVars getCharacteristicEnvVars() {
        EnvVars env = getParent().getCharacteristicEnvVars();
        env.put("BUILD_NUMBER", Integer.toString(number));
        env.put("BUILD_ID", getId());
        env.put("BUILD_TAG", "jenkins-" + getParent().getFullName().replace('/', '-') + '-' + number);
        env.put("BUILD_DISPLAY_NAME", getDisplayName());
        return env;
    }

    @NonNull
    public String getExternalizableId() {
        return project.getFullName() + '#' + getNumber();
    }

    @CheckForNull
    public static Run<?, ?> fromExternalizableId(String id) throws IllegalArgumentException, AccessDeniedException {
        int hash = id.lastIndexOf('#');
        if (hash <= 0) {
            throw new IllegalArgumentException("Invalid id");
        }
        Job<?, ?> job = Jenkins.get().getItemByFullName(id.substring(0, hash), Job.class);
        return job == null ? null : job.getBuildByNumber(Integer.parseInt(id.substring(hash + 1)));
    }

    @Exported
    public long getEstimatedDuration() {
        return project.getEstimatedDuration();
    }

    @Override
    public Object getTarget() {
        return hasPermission(Item.READ) ? this : null;
    }

    /** A file that the build keeps. */
    @ExportedBean
    public class Artifact {
        @Exported(visibility = 3)
        public final String relativePath;

        Artifact(String relativePath) {
            this.relativePath = relativePath;
        }

        @Deprecated
        public @NonNull File getFile() {
            return new File(getArtifactsDir(), relativePath);
        }

        @Exported(visibility = 3)
        public String getFileName() {
            return relativePath.substring(relativePath.lastIndexOf('/') + 1);
        }

        @Exported(visibility = 3)
        public String getDisplayPath() {
            return relativePath;
        }

        public String getHref() {
            return Functions.encode(relativePath).replace("%2F", "/");
        }

        @Override
        public String toString() {
            return relativePath;
        }
    }
}
