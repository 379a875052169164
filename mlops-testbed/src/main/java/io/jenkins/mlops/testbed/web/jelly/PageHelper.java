package io.jenkins.mlops.testbed.web.jelly;

import hudson.model.Action;
import hudson.model.Actionable;
import hudson.model.AdministrativeMonitor;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Job;
import hudson.model.ModelObject;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.csrf.CrumbIssuer;
import io.jenkins.mlops.testbed.host.DataBinder;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Ancestor;
import org.kohsuke.stapler.StaplerRequest2;

/** What the testbed's own pages and tags need from Java; they call it {@code tb}. */
public final class PageHelper {
    private final StaplerRequest2 req;

    PageHelper(StaplerRequest2 req) {
        this.req = req;
    }

    /** One step of the way to the current page. */
    public record Crumb(String name, String url) {
        public String getName() {
            return name;
        }

        public String getUrl() {
            return url;
        }
    }

    /** The way to the current page. */
    public List<Crumb> getBreadcrumbs() {
        List<Crumb> crumbs = new ArrayList<>();
        for (Ancestor a : req.getAncestors()) {
            if (a.getObject() instanceof ModelObject m && m.getDisplayName() != null) {
                crumbs.add(new Crumb(m.getDisplayName(), a.getUrl() + "/"));
            }
        }
        return crumbs;
    }

    /** What administrators must see now. */
    public List<AdministrativeMonitor> getMonitors() {
        List<AdministrativeMonitor> found = new ArrayList<>();
        for (AdministrativeMonitor m : AdministrativeMonitor.all()) {
            if (m.isEnabled() && Jenkins.get().hasPermission(m.getRequiredPermission()) && m.isActivated()) {
                found.add(m);
            }
        }
        return found;
    }

    /** Who is logged in, or null. */
    public User getUser() {
        return User.current();
    }

    /** The crumb's value for scripts and forms. */
    public String getCrumb() {
        CrumbIssuer issuer = Jenkins.get().getCrumbIssuer();
        return issuer == null ? "" : issuer.getCrumb(req);
    }

    public String getCrumbField() {
        CrumbIssuer issuer = Jenkins.get().getCrumbIssuer();
        return issuer == null ? "" : issuer.getCrumbRequestField();
    }

    /** Whether the person may do something with the nearest object, or with Jenkins. */
    public boolean may(Object it, Permission permission) {
        AccessControlled where = it instanceof AccessControlled a ? a : req.findAncestorObject(AccessControlled.class);
        return (where == null ? Jenkins.get() : where).hasPermission(permission);
    }

    /** Throws if the person lacks a permission. */
    public boolean check(Object it, Permission permission) {
        AccessControlled where = it instanceof AccessControlled a ? a : req.findAncestorObject(AccessControlled.class);
        (where == null ? Jenkins.get() : where).checkPermission(permission);
        return true;
    }

    /** Actions with a link. */
    public List<Action> links(Object owner) {
        List<Action> shown = new ArrayList<>();
        Collection<? extends Action> all = owner instanceof Jenkins j
                ? j.getActions()
                : owner instanceof Actionable a ? a.getAllActions() : List.of();
        for (Action a : all) {
            if (a.getIconFileName() != null && a.getUrlName() != null) {
                shown.add(a);
            }
        }
        return shown;
    }

    /** All actions, those without a link too. */
    public List<Action> actions(Actionable owner) {
        return new ArrayList<>(owner.getAllActions());
    }

    /** Where an action's link leads. */
    public String link(Object owner, Action action) {
        String url = action.getUrlName();
        if (url == null) {
            return null;
        }
        if (url.startsWith("/")) {
            return req.getContextPath() + url;
        }
        return url.matches("^[a-z]+:.*") ? url : req.getContextPath() + "/" + base(owner) + url;
    }

    private static String base(Object owner) {
        if (owner instanceof Run<?, ?> r) {
            return r.getUrl();
        }
        return owner instanceof Job<?, ?> j ? j.getUrl() : "";
    }

    /** The newest builds of a job. */
    public List<Run<?, ?>> builds(Job<?, ?> job, int most) {
        List<Run<?, ?>> found = new ArrayList<>();
        for (Run<?, ?> r : job.getBuilds()) {
            if (found.size() == most) {
                break;
            }
            found.add(r);
        }
        return found;
    }

    /** A build's log. */
    @SuppressWarnings("deprecation")
    public String log(Run<?, ?> run) throws java.io.IOException {
        return run.getLog();
    }

    /** A value of a field of a form: of the instance, or nothing. */
    public Object value(Object instance, String field) {
        if (instance == null || field == null) {
            return null;
        }
        String camel = field.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + field.substring(1);
        for (String getter : List.of("get" + camel, "is" + camel)) {
            try {
                var m = instance.getClass().getMethod(getter);
                m.setAccessible(true);
                return m.invoke(instance);
            } catch (NoSuchMethodException e) {
                continue;
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return null;
    }

    /** The descriptor of what a field holds, one or a list. */
    public Descriptor<?> part(Descriptor<?> owner, String field) {
        String getter = "get" + field.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + field.substring(1);
        try {
            Type type = owner.clazz.getMethod(getter).getGenericReturnType();
            Type held = type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
            return Jenkins.get().getDescriptorOrDie(DataBinder.erasure(held).asSubclass(Describable.class));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(owner.clazz + " has no " + getter, e);
        }
    }
}
