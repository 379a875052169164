package hudson.model;

import hudson.Extension;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.export.Exported;

/** A parameter that takes one of some texts. */
public class ChoiceParameterDefinition extends SimpleParameterDefinition {
    private static final long serialVersionUID = 1L;
    private List<String> choices = new ArrayList<>();

    @DataBoundConstructor
    public ChoiceParameterDefinition(String name, String description) {
        super(name);
        setDescription(description);
    }

    @DataBoundSetter
    public void setChoices(Object choices) {
        this.choices = choices instanceof List<?> list
                ? new ArrayList<>(list.stream().map(String::valueOf).toList())
                : new ArrayList<>(String.valueOf(choices).lines().toList());
    }

    @Exported
    public List<String> getChoices() {
        return choices;
    }

    @Override
    public StringParameterValue getDefaultParameterValue() {
        return choices.isEmpty() ? null : new StringParameterValue(getName(), choices.get(0), getDescription());
    }

    @Override
    public boolean isValid(ParameterValue value) {
        return choices.contains(((StringParameterValue) value).getValue());
    }

    @Override
    public StringParameterValue createValue(String value) {
        return new StringParameterValue(getName(), value, getDescription());
    }

    @Extension
    @Symbol({"choice", "choiceParam"})
    public static class DescriptorImpl extends ParameterDescriptor {
        @Override
        public String getDisplayName() {
            return "Choice Parameter";
        }
    }
}
