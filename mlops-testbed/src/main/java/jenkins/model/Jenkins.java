package jenkins.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.DescriptorExtensionList;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.XmlFile;
import hudson.init.InitMilestone;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Computer;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.FingerprintMap;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Items;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.RootAction;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.AuthorizationStrategy;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import hudson.security.SecurityRealm;
import hudson.security.csrf.CrumbIssuer;
import hudson.security.csrf.DefaultCrumbIssuer;
import hudson.util.VersionNumber;
import io.jenkins.mlops.testbed.host.Folders;
import io.jenkins.mlops.testbed.host.HostState;
import io.jenkins.mlops.testbed.host.Startup;
import io.jenkins.mlops.testbed.host.Text;
import io.jenkins.mlops.testbed.remoting.Wire;
import io.jenkins.mlops.testbed.web.JobRoutes;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jvnet.hudson.reactor.ReactorException;
import org.kohsuke.stapler.StaplerFallback;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** The controller. */
@ExportedBean
public class Jenkins extends Node implements ItemGroup<TopLevelItem>, StaplerProxy, StaplerFallback {
    public static final PermissionGroup PERMISSIONS = Permission.HUDSON_PERMISSIONS;
    public static final Permission ADMINISTER = Permission.HUDSON_ADMINISTER;
    public static final Permission MANAGE = new Permission(
            PERMISSIONS, "Manage", Text.of("Manage"), ADMINISTER, false, new PermissionScope[] {PermissionScope.JENKINS
            });
    public static final Permission SYSTEM_READ =
            new Permission(PERMISSIONS, "SystemRead", Text.of("SystemRead"), ADMINISTER, false, new PermissionScope[] {
                PermissionScope.JENKINS
            });
    public static final Permission READ =
            new Permission(PERMISSIONS, "Read", Text.of("Read"), Permission.READ, PermissionScope.JENKINS);

    @NonNull
    public static final Authentication ANONYMOUS2 = HostState.ANONYMOUS;

    private static final String VERSION = "2.516.3";
    private static volatile Jenkins theInstance;

    public final transient File root;
    private final transient Map<String, TopLevelItem> items = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final transient Map<Class<?>, ExtensionList<?>> extensionLists = new ConcurrentHashMap<>();
    private final transient Map<Class<?>, DescriptorExtensionList<?, ?>> descriptorLists = new ConcurrentHashMap<>();
    private final transient Map<String, Computer> computers = new ConcurrentHashMap<>();
    private final transient List<Action> actions = new CopyOnWriteArrayList<>();
    private final transient FingerprintMap fingerprintMap = new FingerprintMap();
    private final transient Queue queue = new Queue(null);
    private final transient ServletContext servletContext;
    private transient volatile InitMilestone initLevel = InitMilestone.STARTED;
    private transient volatile boolean terminating;
    private transient volatile CrumbIssuer crumbIssuer = new DefaultCrumbIssuer(false);
    private final transient HostState state;

    protected Jenkins(File root, ServletContext context) throws IOException, InterruptedException, ReactorException {
        if (theInstance != null) {
            throw new IllegalStateException("second instance");
        }
        this.root = root;
        this.servletContext = context;
        Files.createDirectories(root.toPath());
        theInstance = this;
        boolean started = false;
        try {
            state = HostState.load(getConfigFile());
            Startup startup = new Startup(this, m -> initLevel = m);
            computers.put("", new MasterComputer());
            for (Node n : state.nodes()) {
                computers.put(n.getNodeName(), state.computerOf(n));
            }
            startup.reach(InitMilestone.EXTENSIONS_AUGMENTED);
            actions.addAll(getExtensionList(RootAction.class));
            startup.reach(InitMilestone.SYSTEM_CONFIG_ADAPTED);
            loadItems();
            startup.reach(InitMilestone.JOB_LOADED);
            startup.reach(InitMilestone.COMPLETED);
            for (ItemListener l : ItemListener.all()) {
                l.onLoaded();
            }
            queue.maintain();
            started = true;
        } finally {
            if (!started) {
                theInstance = null;
            }
        }
    }

    private void loadItems() throws IOException {
        File[] folders = new File(root, "jobs").listFiles(f -> new File(f, "config.xml").exists());
        if (folders != null) {
            Arrays.sort(folders);
            for (File f : folders) {
                TopLevelItem item = (TopLevelItem) Items.load(this, f);
                items.put(item.getName(), item);
            }
        }
    }

    @NonNull
    public static Jenkins get() throws IllegalStateException {
        Jenkins j = getInstanceOrNull();
        if (j == null) {
            throw new IllegalStateException(
                    "Jenkins.instance is missing. Read the documentation of Jenkins.getInstanceOrNull to see what you are doing wrong.");
        }
        return j;
    }

    @CheckForNull
    public static Jenkins getInstanceOrNull() {
        return Wire.onAgent() ? null : theInstance;
    }

    @NonNull
    public static Authentication getAuthentication2() {
        Authentication a = SecurityContextHolder.getContext().getAuthentication();
        return a == null ? ANONYMOUS2 : a;
    }

    @CheckForNull
    public static VersionNumber getVersion() {
        return new VersionNumber(VERSION);
    }

    @Override
    public File getRootDir() {
        return root;
    }

    @Override
    public synchronized void save() throws IOException {
        state.save(getConfigFile());
    }

    protected XmlFile getConfigFile() {
        return new XmlFile(new File(root, "config.xml"));
    }

    public @Nullable String getRootUrl() throws IllegalStateException {
        String configured = JenkinsLocationConfiguration.get().getUrl();
        if (configured != null) {
            return configured.endsWith("/") ? configured : configured + '/';
        }
        StaplerRequest2 req = org.kohsuke.stapler.Stapler.getCurrentRequest2();
        return req == null ? null : getRootUrlFromRequest();
    }

    @NonNull
    public String getRootUrlFromRequest() {
        StaplerRequest2 req = org.kohsuke.stapler.Stapler.getCurrentRequest2();
        if (req == null) {
            throw new IllegalStateException("cannot call getRootUrlFromRequest from outside a request handling thread");
        }
        return req.getScheme() + "://" + req.getServerName() + ':' + req.getServerPort() + req.getContextPath() + '/';
    }

    public @NonNull InitMilestone getInitLevel() {
        return initLevel;
    }

    public boolean isTerminating() {
        return terminating;
    }

    public void cleanUp() {
        if (terminating) {
            return;
        }
        terminating = true;
        HostState.shutDown(this);
        theInstance = null;
    }

    // Extensions and descriptors

    @SuppressWarnings("unchecked")
    public <T> ExtensionList<T> getExtensionList(Class<T> extensionType) {
        return (ExtensionList<T>) extensionLists.computeIfAbsent(extensionType, t -> ExtensionList.create(this, t));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    public @NonNull <T extends Describable<T>, D extends Descriptor<T>> DescriptorExtensionList<T, D> getDescriptorList(
            Class<T> type) {
        return (DescriptorExtensionList<T, D>) descriptorLists.computeIfAbsent(
                type, t -> DescriptorExtensionList.createDescriptorList(this, (Class) t));
    }

    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptor(String id) {
        for (Descriptor d : getExtensionList(Descriptor.class)) {
            if (d.getId().equals(id) || d.clazz.getName().equals(id)) {
                return d;
            }
        }
        return null;
    }

    @CheckForNull
    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptor(Class<? extends Describable> type) {
        for (Descriptor d : getExtensionList(Descriptor.class)) {
            if (d.clazz == type) {
                return d;
            }
        }
        return null;
    }

    @NonNull
    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        Descriptor d = getDescriptor(type);
        if (d == null) {
            throw new AssertionError(type + " is missing its descriptor");
        }
        return d;
    }

    // Items

    @Exported(name = "jobs")
    @Override
    public List<TopLevelItem> getItems() {
        List<TopLevelItem> visible = new ArrayList<>();
        synchronized (items) {
            for (TopLevelItem i : items.values()) {
                if (i.hasPermission(Item.READ)) {
                    visible.add(i);
                }
            }
        }
        return visible;
    }

    @Override
    public @CheckForNull TopLevelItem getItem(String name) throws AccessDeniedException {
        TopLevelItem item;
        synchronized (items) {
            item = name == null ? null : items.get(name);
        }
        if (item != null && !item.hasPermission(Item.READ)) {
            if (item.hasPermission(Item.DISCOVER)) {
                item.checkPermission(Item.READ);
            }
            return null;
        }
        return item;
    }

    public @CheckForNull <T extends Item> T getItemByFullName(@NonNull String fullName, Class<T> type)
            throws AccessDeniedException {
        Item i = getItemByFullName(fullName);
        return type.isInstance(i) ? type.cast(i) : null;
    }

    public @CheckForNull Item getItemByFullName(String fullName) {
        ItemGroup<?> parent = this;
        Item item = null;
        for (String name : fullName.split("/")) {
            if (name.isEmpty()) {
                continue;
            }
            item = parent == null ? null : parent.getItem(name);
            parent = item instanceof ItemGroup<?> g ? g : null;
        }
        return item;
    }

    public @NonNull List<Item> getAllItems() {
        return getAllItems(Item.class);
    }

    public @NonNull <T extends Item> List<T> getAllItems(Class<T> type) {
        List<T> found = new ArrayList<>();
        collect(this, type, found);
        return found;
    }

    public @NonNull <T extends Item> Iterable<T> allItems(Class<T> type) {
        return getAllItems(type);
    }

    private static <T extends Item> void collect(ItemGroup<?> group, Class<T> type, List<T> found) {
        for (Item i : group.getItems()) {
            if (type.isInstance(i)) {
                found.add(type.cast(i));
            }
            if (i instanceof ItemGroup<?> g) {
                collect(g, type, found);
            }
        }
    }

    public synchronized @NonNull TopLevelItem createProject(@NonNull TopLevelItemDescriptor type, @NonNull String name)
            throws IOException {
        return createProject(type, name, true);
    }

    public synchronized @NonNull TopLevelItem createProject(
            @NonNull TopLevelItemDescriptor type, @NonNull String name, boolean notify) throws IOException {
        checkPermission(Item.CREATE);
        checkGoodName(name);
        synchronized (items) {
            if (items.containsKey(name)) {
                throw new IllegalArgumentException("Project of the name " + name + " already exists");
            }
        }
        TopLevelItem item = type.newInstance(this, name);
        item.onCreatedFromScratch();
        item.save();
        synchronized (items) {
            items.put(name, item);
        }
        if (notify) {
            ItemListener.fireOnCreated(item);
        }
        return item;
    }

    public synchronized @NonNull <T extends TopLevelItem> T createProject(@NonNull Class<T> type, @NonNull String name)
            throws IOException {
        return type.cast(createProject((TopLevelItemDescriptor) getDescriptorOrDie(type), name));
    }

    public static void checkGoodName(String name) throws hudson.model.Failure {
        if (name == null || name.isBlank() || name.equals(".") || name.equals("..")) {
            throw new hudson.model.Failure("No name is specified");
        }
        for (char c : name.toCharArray()) {
            if (Character.isISOControl(c) || "?*/\\%!@#$^&|<>[]:;".indexOf(c) >= 0) {
                throw new hudson.model.Failure("‘" + c + "’ is an unsafe character");
            }
        }
    }

    @Override
    public File getRootDirFor(TopLevelItem child) {
        return new File(new File(root, "jobs"), child.getName());
    }

    @Override
    public void onDeleted(TopLevelItem item) throws IOException {
        synchronized (items) {
            items.remove(item.getName());
        }
        Folders.delete(getRootDirFor(item).toPath());
    }

    @Override
    public String getFullName() {
        return "";
    }

    @Override
    public String getFullDisplayName() {
        return "";
    }

    @Override
    public String getDisplayName() {
        return "Jenkins";
    }

    @Override
    public String getUrl() {
        return "";
    }

    @Override
    public String getUrlChildPrefix() {
        return "job";
    }

    // Security

    @NonNull
    @Override
    public ACL getACL() {
        return getAuthorizationStrategy().getRootACL();
    }

    public SecurityRealm getSecurityRealm() {
        return state.securityRealm();
    }

    public void setSecurityRealm(@CheckForNull SecurityRealm securityRealm) {
        state.securityRealm(securityRealm == null ? SecurityRealm.NO_AUTHENTICATION : securityRealm);
        saveQuietly();
    }

    public AuthorizationStrategy getAuthorizationStrategy() {
        return state.authorizationStrategy();
    }

    public void setAuthorizationStrategy(@CheckForNull AuthorizationStrategy a) {
        state.authorizationStrategy(a == null ? AuthorizationStrategy.UNSECURED : a);
        saveQuietly();
    }

    private void saveQuietly() {
        try {
            save();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Exported
    public boolean isUseSecurity() {
        return getSecurityRealm() != SecurityRealm.NO_AUTHENTICATION
                || getAuthorizationStrategy() != AuthorizationStrategy.UNSECURED;
    }

    @Exported
    public boolean isUseCrumbs() {
        return crumbIssuer != null;
    }

    public @CheckForNull CrumbIssuer getCrumbIssuer() {
        return crumbIssuer;
    }

    public void setCrumbIssuer(CrumbIssuer issuer) {
        crumbIssuer = issuer;
    }

    // Nodes

    @NonNull
    @Override
    public String getNodeName() {
        return "";
    }

    @Override
    public void setNodeName(String name) {
        throw new UnsupportedOperationException();
    }

    @Exported
    @Override
    public String getNodeDescription() {
        return "the Jenkins controller's built-in node";
    }

    @Exported
    @Override
    public int getNumExecutors() {
        return state.numExecutors();
    }

    public void setNumExecutors(int n) throws IOException, IllegalArgumentException {
        state.numExecutors(n);
        computers.put("", new MasterComputer());
        save();
    }

    @Exported
    @Override
    public Mode getMode() {
        return Mode.NORMAL;
    }

    @Override
    public String getLabelString() {
        return state.label();
    }

    @Override
    public void setLabelString(String label) throws IOException {
        state.label(label);
        save();
    }

    @NonNull
    @Override
    public Launcher createLauncher(TaskListener listener) {
        return new Launcher.LocalLauncher(listener);
    }

    @Override
    public Computer createComputer() {
        return new MasterComputer();
    }

    @Override
    public FilePath getWorkspaceFor(TopLevelItem item) {
        return new FilePath(new File(new File(root, "workspace"), item.getFullName()));
    }

    @Override
    public FilePath getRootPath() {
        return new FilePath(root);
    }

    @Override
    public FilePath createPath(String absolutePath) {
        return new FilePath(new File(absolutePath));
    }

    @NonNull
    public List<Node> getNodes() {
        return state.nodes();
    }

    public @CheckForNull Node getNode(String name) {
        if (name.isEmpty() || name.equals("(built-in)")) {
            return this;
        }
        return getNodes().stream()
                .filter(n -> n.getNodeName().equals(name))
                .findFirst()
                .orElse(null);
    }

    public void addNode(Node n) throws IOException {
        checkPermission(Computer.CONFIGURE);
        state.nodes().add(n);
        computers.put(n.getNodeName(), state.computerOf(n));
        save();
        queue.maintain();
    }

    public void removeNode(@NonNull Node n) throws IOException {
        state.nodes().remove(n);
        computers.remove(n.getNodeName());
        save();
    }

    public Computer[] getComputers() {
        return computers.values().toArray(new Computer[0]);
    }

    @CheckForNull
    public Computer getComputer(@NonNull String name) {
        return computers.get(name.equals("(built-in)") ? "" : name);
    }

    @CheckForNull
    public Label getLabel(String expr) {
        return Label.get(expr);
    }

    public Queue getQueue() {
        return queue;
    }

    public @NonNull FingerprintMap getFingerprintMap() {
        return fingerprintMap;
    }

    // Pages

    public List<Action> getActions() {
        return actions;
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public Object getTarget() {
        return HostState.mayEnter(this) ? this : null;
    }

    @Override
    public Object getStaplerFallback() {
        return new JobRoutes(this);
    }

    public Object getDynamic(String token) {
        for (Action a : actions) {
            String url = a.getUrlName();
            if (url != null && url.replaceFirst("^/", "").equals(token)) {
                return a;
            }
        }
        return null;
    }

    /** The computer of the controller itself. */
    public static class MasterComputer extends Computer {
        protected MasterComputer() {
            super(Jenkins.get());
        }

        @Override
        public hudson.remoting.VirtualChannel getChannel() {
            return FilePath.localChannel;
        }

        @Override
        public java.nio.charset.Charset getDefaultCharset() {
            return java.nio.charset.Charset.defaultCharset();
        }

        @Override
        public Boolean isUnix() {
            return File.pathSeparatorChar != ';';
        }
    }
}
