package hudson.security.csrf;

import hudson.ExtensionPoint;
import hudson.model.Api;
import hudson.model.Describable;
import jakarta.servlet.ServletRequest;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Makes and checks the crumbs that keep other sites from acting for a person. */
@ExportedBean
public abstract class CrumbIssuer implements Describable<CrumbIssuer>, ExtensionPoint {
    public static final String DEFAULT_CRUMB_NAME = "Jenkins-Crumb";

    @Exported
    public String getCrumbRequestField() {
        return DEFAULT_CRUMB_NAME;
    }

    @Exported
    public String getCrumb() {
        return getCrumb(Stapler.getCurrentRequest2());
    }

    public String getCrumb(ServletRequest request) {
        return issueCrumb(request, "");
    }

    protected String issueCrumb(ServletRequest request, String salt) {
        throw new AbstractMethodError(getClass() + " must override issueCrumb");
    }

    public boolean validateCrumb(ServletRequest request, String salt, String crumb) {
        throw new AbstractMethodError(getClass() + " must override validateCrumb");
    }

    public Api getApi() {
        return new Api(this);
    }
}
