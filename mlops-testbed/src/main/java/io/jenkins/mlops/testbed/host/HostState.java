package io.jenkins.mlops.testbed.host;

import hudson.XmlFile;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Slave;
import hudson.model.UnprotectedRootAction;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a controller keeps in its {@code config.xml}, and what else {@link Jenkins} needs that isn't its own. */
public final class HostState {
    /** Nobody in particular. */
    public static final Authentication ANONYMOUS = new AnonymousAuthenticationToken(
            ACL.ANONYMOUS_USERNAME,
            ACL.ANONYMOUS_USERNAME,
            List.of(new SimpleGrantedAuthority(ACL.ANONYMOUS_USERNAME)));

    private int numExecutors = 2;
    private String label = "";
    private SecurityRealm securityRealm;
    private AuthorizationStrategy authorizationStrategy;
    private final CopyOnWriteArrayList<Node> nodes = new CopyOnWriteArrayList<>();

    private HostState() {}

    /** Reads a home's settings, or makes new ones. */
    public static HostState load(XmlFile file) throws IOException {
        HostState s = new HostState();
        if (file.exists()) {
            file.unmarshal(s);
        }
        return s;
    }

    /** Writes the settings. */
    public synchronized void save(XmlFile file) throws IOException {
        file.write(this);
    }

    public SecurityRealm securityRealm() {
        return securityRealm == null ? SecurityRealm.NO_AUTHENTICATION : securityRealm;
    }

    public void securityRealm(SecurityRealm realm) {
        securityRealm = realm == SecurityRealm.NO_AUTHENTICATION ? null : realm;
    }

    public AuthorizationStrategy authorizationStrategy() {
        return authorizationStrategy == null ? AuthorizationStrategy.UNSECURED : authorizationStrategy;
    }

    public void authorizationStrategy(AuthorizationStrategy strategy) {
        authorizationStrategy = strategy == AuthorizationStrategy.UNSECURED ? null : strategy;
    }

    public int numExecutors() {
        return numExecutors;
    }

    public void numExecutors(int n) {
        numExecutors = n;
    }

    public String label() {
        return label;
    }

    public void label(String text) {
        label = text == null ? "" : text.trim();
    }

    /** The agents; changes are kept with the next {@link #save}. */
    public List<Node> nodes() {
        return nodes;
    }

    /** A new computer for an agent. */
    public Computer computerOf(Node n) {
        return ((Slave) n).createComputer();
    }

    /** Stops everything that runs for a controller, so that another can start in the same home. */
    public static void shutDown(Jenkins jenkins) {
        for (ItemListener l : ItemListener.all()) {
            l.onBeforeShutdown();
        }
        Startup.terminate();
        for (Computer c : jenkins.getComputers()) {
            c.interrupt();
        }
        Timer.shutdown();
    }

    /** Whether the person of the current request may see anything but the login page. */
    public static boolean mayEnter(Jenkins jenkins) {
        if (jenkins.hasPermission(Jenkins.READ)) {
            return true;
        }
        StaplerRequest2 req = Stapler.getCurrentRequest2();
        if (req == null) {
            return false;
        }
        String rest = req.getRestOfPath();
        return jenkins.getActions().stream()
                .filter(UnprotectedRootAction.class::isInstance)
                .map(a -> "/" + a.getUrlName())
                .anyMatch(url -> rest.equals(url) || rest.startsWith(url + "/"));
    }
}
