package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.LinkedHashMap;
import java.util.Map;

/** The way through a long list: which stretch is shown, and where the ones before and after it are. */
public final class Pager {
    private final Listing<?> listing;
    private final Map<String, Object> query;
    private final String base;
    private final String anchor;
    private final String parameter;

    /**
     * A way through a list.
     *
     * @param base the page's address, without parameters
     * @param query the parameters of the address that stay as they are
     * @param anchor the id of the list's place on the page; empty for none
     */
    public Pager(Listing<?> listing, String base, Map<String, Object> query, String anchor) {
        this(listing, base, query, anchor, "page");
    }

    /**
     * A way through one of the lists of a page.
     *
     * @param parameter the parameter that has the page's number, from 0
     */
    public Pager(Listing<?> listing, String base, Map<String, Object> query, String anchor, String parameter) {
        this.parameter = parameter;
        this.listing = listing;
        this.base = base;
        this.query = new LinkedHashMap<>(query);
        this.anchor = anchor.isEmpty() ? "" : "#" + anchor;
    }

    /** The number of the page that an offset stands for, from 0. */
    static int offset(@CheckForNull String page, int limit) {
        long offset = (long) MlopsPage.number(page, 0) * limit;
        return (int) Math.min(offset, Integer.MAX_VALUE - limit);
    }

    /** Whether there is more than this stretch. */
    public boolean isNeeded() {
        return listing.offset() > 0 || listing.hasMore();
    }

    /** Such as "51–100 of 1,234". */
    public String getText() {
        if (listing.items().isEmpty()) {
            return Messages.Pager_none(NumberText.count(listing.total()));
        }
        return Messages.Pager_text(
                NumberText.count(listing.offset() + 1L),
                NumberText.count(listing.offset() + (long) listing.items().size()),
                NumberText.count(listing.total()));
    }

    /** The stretch before; null at the beginning. */
    @CheckForNull
    public String getPrevious() {
        return listing.offset() == 0 ? null : page(listing.offset() / listing.limit() - 1);
    }

    /** The stretch after; null at the end. */
    @CheckForNull
    public String getNext() {
        return listing.hasMore() ? page(listing.offset() / listing.limit() + 1) : null;
    }

    private String page(int page) {
        Map<String, Object> all = new LinkedHashMap<>(query);
        all.put(parameter, page <= 0 ? "" : page);
        return base + Links.query(all) + anchor;
    }
}
