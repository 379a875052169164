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

    public @CheckForNull String getUrl() {
        return jenkinsUrl;
    }

    public void setUrl(@CheckForNull String jenkinsUrl) {
        String url = Util.fixEmptyAndTrim(jenkinsUrl);
        this.jenkinsUrl = url == null || url.endsWith("/") ? url : url + '/';
        save();
    }
}
