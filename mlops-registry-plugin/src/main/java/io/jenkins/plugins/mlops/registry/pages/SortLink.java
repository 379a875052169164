package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.Map;

/** The heading of a column by which a list can be sorted. */
public final class SortLink {
    private final String title;
    private final String url;
    private final boolean current;
    private final boolean descending;

    /**
     * A heading.
     *
     * @param key the column in the address
     * @param present the column that is sorted by now
     * @param downFirst whether the first click sorts from the greatest down
     * @param base the page's address, without parameters
     * @param query the parameters that stay as they are
     * @param anchor the id of the list's place on the page; empty for none
     */
    public SortLink(
            String title,
            String key,
            String present,
            boolean descending,
            boolean downFirst,
            String base,
            Map<String, Object> query,
            String anchor) {
        this.title = title;
        this.current = key.equals(present);
        this.descending = descending;
        Map<String, Object> all = new LinkedHashMap<>(query);
        all.put("sort", key);
        all.put("order", (current ? !descending : downFirst) ? "desc" : "asc");
        all.remove("page");
        this.url = base + Links.query(all) + (anchor.isEmpty() ? "" : "#" + anchor);
    }

    public String getTitle() {
        return title;
    }

    public String getUrl() {
        return url;
    }

    /** For {@code aria-sort}; null where the list is sorted by another column. */
    @CheckForNull
    public String getSort() {
        return current ? descending ? "descending" : "ascending" : null;
    }

    /** An arrow beside the column that is sorted by. */
    public String getArrow() {
        return current ? descending ? "\u2193" : "\u2191" : "";
    }
}
