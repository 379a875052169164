package hudson.model.labels;

import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.model.Label;

/** One label. */
public class LabelAtom extends Label {
    public LabelAtom(String name) {
        super(name);
    }

    @Override
    public String getExpression() {
        return name;
    }

    public static @Nullable LabelAtom get(@Nullable String l) {
        return l == null ? null : new LabelAtom(l);
    }
}
