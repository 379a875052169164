package hudson.triggers;

import java.util.regex.Pattern;

/** The lines of a crontab as Jenkins writes them. */
final class CronText {
    private static final Pattern LINE =
            Pattern.compile("#.*|TZ=\\S+|@(yearly|annually|monthly|weekly|daily|midnight|hourly)"
                    + "|[H\\d*,/()-]+([ \\t]+[H\\d*,/()-]+){4}|");

    private CronText() {}

    static boolean isValid(String spec) {
        return spec.lines().allMatch(line -> LINE.matcher(line.trim()).matches());
    }
}
