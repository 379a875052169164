package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import hudson.slaves.OfflineCause;
import io.jenkins.mlops.testbed.host.SystemThreads;
import io.jenkins.mlops.testbed.host.Text;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The running state of a {@link Node}. */
@ExportedBean
public abstract class Computer extends Actionable implements AccessControlled {
    public static final ExecutorService threadPoolForRemoting =
            Executors.newCachedThreadPool(SystemThreads.named("Computer.threadPoolForRemoting"));
    public static final PermissionGroup PERMISSIONS = new PermissionGroup(Computer.class, Text.of("Agent"));
    public static final Permission CONFIGURE = permission("Configure", Permission.CONFIGURE);
    public static final Permission CONNECT = permission("Connect", Jenkins.ADMINISTER);
    public static final Permission DISCONNECT = permission("Disconnect", Jenkins.ADMINISTER);
    public static final Permission BUILD = permission("Build", Permission.WRITE);

    protected volatile OfflineCause offlineCause;
    protected String nodeName;
    private volatile Node node;
    private final List<Executor> executors = new CopyOnWriteArrayList<>();
    private final List<OneOffExecutor> oneOffs = new CopyOnWriteArrayList<>();

    protected Computer(Node node) {
        this.node = node;
        this.nodeName = node.getNodeName();
        for (int i = 0; i < node.getNumExecutors(); i++) {
            executors.add(new Executor(this, i));
        }
    }

    private static Permission permission(String name, Permission impliedBy) {
        return new Permission(PERMISSIONS, name, Text.of(name), impliedBy, PermissionScope.COMPUTER);
    }

    OneOffExecutor oneOff() {
        OneOffExecutor e = new OneOffExecutor(this);
        oneOffs.add(e);
        return e;
    }

    void finished(Executor e) {
        oneOffs.remove(e);
    }

    @Override
    public ACL getACL() {
        return Jenkins.get().getAuthorizationStrategy().getRootACL();
    }

    public @CheckForNull abstract VirtualChannel getChannel();

    public abstract Charset getDefaultCharset();

    @Exported
    public int getNumExecutors() {
        return executors.size();
    }

    public @NonNull String getName() {
        return nodeName;
    }

    public @CheckForNull abstract Boolean isUnix();

    public @CheckForNull Node getNode() {
        return node;
    }

    @Exported
    public boolean isOffline() {
        return offlineCause != null || getChannel() == null;
    }

    public final boolean isOnline() {
        return !isOffline();
    }

    @Exported
    @Override
    public @NonNull String getDisplayName() {
        return nodeName.isEmpty() ? "Built-In Node" : nodeName;
    }

    public @NonNull String getUrl() {
        return "computer/" + (nodeName.isEmpty() ? "(built-in)" : nodeName) + '/';
    }

    public List<Executor> getExecutors() {
        return List.copyOf(executors);
    }

    public List<Executor> getAllExecutors() {
        List<Executor> all = new ArrayList<>(executors);
        all.addAll(oneOffs);
        return all;
    }

    public int countIdle() {
        return (int) executors.stream().filter(Executor::isIdle).count();
    }

    public final int countBusy() {
        return executors.size() - countIdle();
    }

    @Exported
    public final boolean isIdle() {
        return oneOffs.isEmpty() && countBusy() == 0;
    }

    public void interrupt() {
        for (Executor e : getAllExecutors()) {
            e.interruptForShutdown();
        }
    }

    public EnvVars getEnvironment() throws IOException, InterruptedException {
        return new EnvVars(EnvVars.masterEnvVars);
    }

    public static @CheckForNull Computer currentComputer() {
        Executor e = Executor.currentExecutor();
        return e == null ? null : e.getOwner();
    }

    public Api getApi() {
        return new Api(this);
    }
}
