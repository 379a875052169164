package hudson.util;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;

/** Runs the servlet filters of plugins. */
public final class PluginServletFilter implements Filter {
    private static final Map<Jenkins, List<Filter>> FILTERS = new WeakHashMap<>();

    private static synchronized List<Filter> filters() {
        return FILTERS.computeIfAbsent(Jenkins.get(), j -> new CopyOnWriteArrayList<>());
    }

    @Override
    public void init(FilterConfig config) throws ServletException {}

    public static void addFilter(Filter filter) throws ServletException {
        filters().add(filter);
    }

    public static boolean hasFilter(Filter filter) {
        return filters().contains(filter);
    }

    public static void removeFilter(Filter filter) throws ServletException {
        filters().remove(filter);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        next(filters().iterator(), chain).doFilter(request, response);
    }

    private static FilterChain next(Iterator<Filter> rest, FilterChain chain) {
        return rest.hasNext() ? (req, rsp) -> rest.next().doFilter(req, rsp, next(rest, chain)) : chain;
    }

    @Override
    public void destroy() {}
}
