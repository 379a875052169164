package io.jenkins.plugins.mlops.registry.mlflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The one door through which requests come that Jenkins has not authenticated: those with a bearer token, to MLflow's
 * API. The token itself is checked behind it, by {@link MlflowApi}, before anything else is done or said.
 */
public final class BearerDoor {
    private static final String SCHEME = "Bearer ";
    private static final String ROOT = "/mlops";
    private static final String CALLS = "/api/2.0/mlflow/";
    private static final String PREVIEW = "/api/2.0/preview/mlflow/";
    private static final List<String> TREES = List.of(CALLS, PREVIEW, "/api/2.0/mlflow-artifacts/");
    private static final List<String> PAGES = List.of("/version", "/health");

    private BearerDoor() {}

    /**
     * Whether a request that stands before {@code <jenkins>/mlops} may pass without Overall/Read.
     *
     * @param request with its rest of path below {@code mlops}
     */
    public static boolean lets(@CheckForNull StaplerRequest2 request) {
        return request != null && token(request) != null && leadsTo(request.getOriginalRestOfPath());
    }

    /** The path as it was sent, so that an encoded slash is none. */
    private static boolean leadsTo(String path) {
        return TREES.stream().anyMatch(path::startsWith) || PAGES.contains(path);
    }

    /** The bearer token of a request; null when it has none. */
    @CheckForNull
    static String token(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).trim()
                : null;
    }

    /** No browser sends a bearer token by itself, so these requests need no crumb. */
    @Extension
    @Restricted(NoExternalUse.class) // found by Jenkins
    public static final class NoCrumb extends CrumbExclusion {
        @Override
        public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String path = request.getPathInfo();
            if (token(request) == null
                    || path == null
                    || TREES.stream().noneMatch(tree -> path.startsWith(ROOT + tree))) {
                return false;
            }
            chain.doFilter(request, response);
            return true;
        }
    }
}
