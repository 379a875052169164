package hudson.model;

import org.kohsuke.stapler.StaplerRequest2;

/** A parameter whose value is one text. */
public abstract class SimpleParameterDefinition extends ParameterDefinition {
    private static final long serialVersionUID = 1L;

    protected SimpleParameterDefinition(String name) {
        super(name);
    }

    @Deprecated
    protected SimpleParameterDefinition(String name, String description) {
        super(name, description);
    }

    public abstract ParameterValue createValue(String value);

    @Override
    public final ParameterValue createValue(StaplerRequest2 req) {
        String[] values = req.getParameterValues(getName());
        if (values == null) {
            return getDefaultParameterValue();
        }
        if (values.length != 1) {
            throw new IllegalArgumentException("Illegal number of parameter values for " + getName());
        }
        ParameterValue value = createValue(values[0]);
        if (!isValid(value)) {
            throw new IllegalArgumentException("Parameter " + getName() + " doesn't accept \"" + values[0] + "\"");
        }
        return value;
    }
}
