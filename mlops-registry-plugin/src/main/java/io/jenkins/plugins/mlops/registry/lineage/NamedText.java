package io.jenkins.plugins.mlops.registry.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A text with a name that somebody chose, such as a run's parameter; see {@link NamedNumber} for why it is no map. */
@ExportedBean(defaultVisibility = 999)
public final class NamedText {
    private final String name;
    private final String value;

    NamedText(String name, String value) {
        this.name = name;
        this.value = value;
    }

    public static List<NamedText> of(Map<String, String> values) {
        List<NamedText> list = new ArrayList<>();
        values.forEach((name, value) -> list.add(new NamedText(name, value)));
        return list;
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public String getValue() {
        return value;
    }
}
