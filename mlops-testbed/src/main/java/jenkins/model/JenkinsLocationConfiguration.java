package jenkins.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import org.jenkinsci.Symbol;

/** Jenkins' own address. */
@Extension
@Symbol("location")
public class JenkinsLocationConfiguration extends GlobalConfiguration {
    private String adminAddress;
    private String jenkinsUrl;

    public JenkinsLocationConfiguration() {
        load();
    }

    public static @NonNull JenkinsLocationConfiguration get() {
        return ExtensionList.lookupSingleton(JenkinsLocationConfiguration.class);
    }

    public @NonNull String getAdminAddress() {
        return adminAddress == null ? "address not configured yet <nobody@nowhere>" : adminAddress;
    }

    public void setAdminAddress(@CheckForNull String adminAddress) {
        this.adminAddress = Util.fixEmptyAndTrim(adminAddress);
        save();
    }

    public @CheckForNull String getUrl() {
        return jenkinsUrl;
    }

    public void setUrl(@CheckForNull String jenkinsUrl) {
        String url = Util.fixEmptyAndTrim(jenkinsUrl);
        this.jenkinsUrl = url == null || url.endsWith("/") ? url : url + '/';
        save();
    }
}
