package hudson.model;

import hudson.EnvVars;
import java.io.Serializable;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A value given to a build's parameter. */
@ExportedBean(defaultVisibility = 3)
public abstract class ParameterValue implements Serializable {
    private static final long serialVersionUID = 1L;
    protected final String name;
    private String description;

    protected ParameterValue(String name, String description) {
        this.name = name;
        this.description = description;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    @Exported
    public final String getName() {
        return name;
    }

    public void buildEnvironment(Run<?, ?> build, EnvVars env) {}

    @Override
    public int hashCode() {
        return Objects.hashCode(name);
    }

    @Override
    public boolean equals(Object o) {
        return o != null && o.getClass() == getClass() && Objects.equals(name, ((ParameterValue) o).name);
    }

    public String getShortDescription() {
        return toString();
    }

    public boolean isSensitive() {
        return false;
    }

    @Exported
    public Object getValue() {
        return null;
    }
}
