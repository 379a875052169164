package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * Points at one Jenkins build, by plain values that stay readable after the build is gone.
 *
 * @param job the job's full name, folders separated by {@code /}
 * @param number the build's number, at least 1
 * @param url absolute URL of the build's page; null where the controller doesn't know its own address
 * @param externalizableId Jenkins' own id, {@code <job's full name>#<number>}; null takes just that
 */
public record BuildRef(
        String job,
        int number,
        @CheckForNull String url,
        @CheckForNull String externalizableId) implements Serializable {
    /** What an address holds as it is, beside letters, digits and {@code @}. */
    private static final String PLAIN = "!$&'()*+,-.=_";

    public BuildRef {
        job = Limits.line("A build's job", job, Limits.LINE);
        number = (int) Limits.range("A build's number", number, 1, Integer.MAX_VALUE);
        url = Limits.optionalLine("A build's URL", url, Limits.LINE);
        externalizableId = externalizableId == null || externalizableId.isBlank()
                ? job + "#" + number
                : Limits.line("A build's id", externalizableId, Limits.LINE);
    }

    /** The id of a build that may be absent; null for none. */
    @CheckForNull
    public static String idOf(@CheckForNull BuildRef build) {
        return build == null ? null : build.externalizableId();
    }

    /**
     * The build as it is found now that its job has another name: its id and its address are made of the job's full
     * name and change with it. An address that isn't made so stays as it is.
     *
     * @param newJob the job's present full name
     */
    public BuildRef movedTo(String newJob) {
        if (newJob.equals(job)) {
            return this;
        }
        String was = path(job, number);
        String now = url != null && url.endsWith(was)
                ? url.substring(0, url.length() - was.length()) + path(newJob, number)
                : url;
        return new BuildRef(newJob, number, now, null);
    }

    /** A build's address below the controller's, encoded as {@code hudson.Util.rawEncode} does. */
    private static String path(String job, int number) {
        StringBuilder path = new StringBuilder();
        for (String name : job.split("/")) {
            path.append("job/");
            for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
                if (b >= '0' && b <= '9' || b >= '@' && b <= 'Z' || b >= 'a' && b <= 'z' || PLAIN.indexOf(b) >= 0) {
                    path.append((char) b);
                } else {
                    path.append(String.format("%%%02X", b & 0xff));
                }
            }
            path.append('/');
        }
        return path.append(number).append('/').toString();
    }

    /** The build as a person writes it: {@code folder/job #42}. */
    public String displayName() {
        return job + " #" + number;
    }
}
