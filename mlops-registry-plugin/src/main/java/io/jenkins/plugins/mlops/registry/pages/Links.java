package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.lineage.VersionView;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** Where the registry's pages and the builds are, as addresses that may stand in a link. */
public final class Links {
    private Links() {}

    static String root() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null ? "" : request.getContextPath();
    }

    /** The models. */
    public static String models() {
        return root() + "/mlops/";
    }

    /** The promotions that wait. */
    public static String inbox() {
        return root() + "/mlops/inbox/";
    }

    /** What goes by rules of retention. */
    public static String sweep() {
        return root() + "/mlops/sweep/";
    }

    /** A model. */
    public static String model(String name) {
        return root() + "/mlops/model/" + Util.rawEncode(name) + "/";
    }

    /** A version of a model. */
    public static String version(String model, int number) {
        return root() + "/" + VersionView.path(model, number);
    }

    /** What came from the data or files with a digest. */
    public static String digest(String digest) {
        return root() + "/mlops/digest/?value=" + Util.rawEncode(digest);
    }

    static String version(ModelVersion version) {
        return version(version.model(), version.number());
    }

    /** A build's page; null if it is gone or may not be read. */
    @CheckForNull
    static String build(@CheckForNull BuildRef reference) {
        if (reference == null) {
            return null;
        }
        Job<?, ?> job = Jenkins.get().getItemByFullName(reference.job(), Job.class);
        Run<?, ?> build = job == null ? null : job.getBuildByNumber(reference.number());
        return build == null ? null : root() + "/" + build.getUrl();
    }

    /** A query string, with a question mark before it; values that are empty are left out. */
    static String query(Map<String, ?> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> {
            if (value != null && !value.toString().isEmpty()) {
                text.append(text.length() == 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(Util.rawEncode(value.toString()));
            }
        });
        return text.toString();
    }
}
