package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.XmlFile;
import io.jenkins.mlops.testbed.host.Help;
import jakarta.servlet.ServletException;
import java.io.File;
import java.io.IOException;
import java.util.Collection;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.Loadable;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** The metadata of a describable class, and its factory. */
public abstract class Descriptor<T extends Describable<T>> implements Loadable, Saveable {
    private static final Logger LOGGER = Logger.getLogger(Descriptor.class.getName());

    public final transient Class<? extends T> clazz;

    protected Descriptor(Class<? extends T> clazz) {
        this.clazz = clazz == self() ? thisClass() : clazz;
    }

    @SuppressWarnings("unchecked")
    protected Descriptor() {
        Class<?> outer = getClass().getEnclosingClass();
        if (outer == null) {
            throw new AssertionError(getClass() + " doesn't have an outer class. "
                    + "Use the constructor that takes the Class object explicitly.");
        }
        this.clazz = (Class<? extends T>) outer;
    }

    @SuppressWarnings("unchecked")
    private Class<? extends T> thisClass() {
        return (Class<? extends T>) (Class<?>) getClass();
    }

    @NonNull
    public String getDisplayName() {
        return clazz.getSimpleName();
    }

    public String getId() {
        return clazz.getName();
    }

    public String getDescriptorUrl() {
        return "descriptorByName/" + getId();
    }

    public @CheckForNull String getHelpFile() {
        return Help.page(this, "");
    }

    public @CheckForNull String getHelpFile(final String fieldName) {
        return Help.page(this, fieldName);
    }

    public T newInstance(@Nullable StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        if (req == null) {
            return new io.jenkins.mlops.testbed.host.DataBinder(null).instantiate(cast(clazz), formData);
        }
        return bindJSON(req, cast(clazz), formData);
    }

    @SuppressWarnings("unchecked")
    private Class<T> cast(Class<? extends T> c) {
        return (Class<T>) c;
    }

    public static <T> T bindJSON(StaplerRequest2 req, Class<T> type, JSONObject src) {
        return req.bindJSON(type, src);
    }

    public final boolean isInstance(T instance) {
        return clazz.isInstance(instance);
    }

    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        return true;
    }

    @Override
    public synchronized void save() {
        try {
            getConfigFile().write(this);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Failed to save " + getConfigFile(), e);
        }
    }

    @Override
    public synchronized void load() {
        XmlFile file = getConfigFile();
        if (!file.exists()) {
            return;
        }
        try {
            file.unmarshal(this);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Failed to load " + file, e);
        }
    }

    protected XmlFile getConfigFile() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), getId() + ".xml"));
    }

    public void doHelp(StaplerRequest2 req, StaplerResponse2 rsp) throws IOException, ServletException {
        Help.serve(this, req, rsp);
    }

    public static @CheckForNull <T extends Descriptor> T findById(Collection<? extends T> list, String id) {
        for (T d : list) {
            if (d.getId().equals(id)) {
                return d;
            }
        }
        return null;
    }

    public static @CheckForNull <T extends Descriptor> T findByDescribableClassName(
            Collection<? extends T> list, String className) {
        for (T d : list) {
            if (d.clazz.getName().equals(className)) {
                return d;
            }
        }
        return null;
    }

    public static @CheckForNull <T extends Descriptor> T find(Collection<? extends T> list, String string) {
        T d = findByDescribableClassName(list, string);
        return d != null ? d : findById(list, string);
    }

    protected static Class self() {
        return Self.class;
    }

    private static final class Self {}

    /** A form value that can't be accepted. */
    public static final class FormException extends Exception implements HttpResponse {
        private static final long serialVersionUID = 1L;
        private final String formField;

        public FormException(String message, String formField) {
            super(message);
            this.formField = formField;
        }

        public FormException(String message, Throwable cause, String formField) {
            super(message, cause);
            this.formField = formField;
        }

        public FormException(Throwable cause, String formField) {
            super(cause);
            this.formField = formField;
        }

        @Override
        public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
                throws IOException, ServletException {
            rsp.sendError(StaplerResponse2.SC_BAD_REQUEST, formField + ": " + getMessage());
        }
    }
}
