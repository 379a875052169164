package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model in a list, as far as its reader may see it.
 *
 * @param name the model's name
 * @param description free text, may be empty
 * @param aliases numbers of visible versions by alias
 * @param newest the newest visible version; null when there is none
 * @param champion the version that stands for the model: that of the alias {@code champion}, else of
 *     {@code production}, else of the first alias, else the newest; null when there is none
 * @param waiting how many promotions of visible versions await approval
 */
public record ModelSummary(
        String name,
        String description,
        Map<String, Integer> aliases,
        @CheckForNull ModelVersion newest,
        @CheckForNull ModelVersion champion,
        int waiting)
        implements Serializable {
    public ModelSummary {
        name = ModelName.check(name);
        description = description == null ? "" : description;
        aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
    }

    /** The alias whose version stands for a model; null when there is no alias. */
    @CheckForNull
    public static String leadingAlias(Map<String, Integer> aliases) {
        for (String known : new String[] {"champion", "production"}) {
            if (aliases.containsKey(known)) {
                return known;
            }
        }
        return aliases.isEmpty() ? null : new TreeMap<>(aliases).firstKey();
    }
}
