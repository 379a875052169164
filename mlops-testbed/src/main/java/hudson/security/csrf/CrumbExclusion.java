package hudson.security.csrf;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import jenkins.model.Jenkins;

/** Lets some requests pass without a crumb, because something else protects them. */
public abstract class CrumbExclusion implements ExtensionPoint {
    /** Calls the chain and returns true, or returns false to leave the request to others. */
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        throw new AbstractMethodError(getClass() + " must override process");
    }

    public static ExtensionList<CrumbExclusion> all() {
        return Jenkins.get().getExtensionList(CrumbExclusion.class);
    }
}
