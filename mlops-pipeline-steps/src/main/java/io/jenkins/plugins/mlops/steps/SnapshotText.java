package io.jenkins.plugins.mlops.steps;

import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.DatasetSnapshot;
import io.jenkins.mlops.evaluation.Figures;
import java.util.Locale;

/** A dataset snapshot in one line of the console. */
final class SnapshotText {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private SnapshotText() {}

    static String line(DatasetSnapshot snapshot) {
        DataProfile profile = snapshot.profile();
        String rows = profile == null
                ? ""
                : ", " + Figures.count(profile.rows(), "row") + ", "
                        + Figures.count(profile.columns().size(), "column");
        return "'" + snapshot.name() + "': " + Figures.count(snapshot.files(), "file") + ", " + size(snapshot.bytes())
                + rows + ", " + shortDigest(snapshot.digest());
    }

    /** The algorithm and the first twelve digits: enough for people, who look the rest up on the page. */
    static String shortDigest(String digest) {
        int from = digest.indexOf(':') + 1;
        return digest.length() <= from + 12 ? digest : digest.substring(0, from + 12);
    }

    static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
