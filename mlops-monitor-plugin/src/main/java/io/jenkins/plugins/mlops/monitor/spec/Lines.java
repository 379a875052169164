package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;

/** A list of texts as a text area has it: one a line. */
final class Lines {
    private Lines() {}

    /** What is given, where an entry of several lines, as a text area sends it, is several; empty ones are left out. */
    static ArrayList<String> of(@CheckForNull List<String> given) {
        ArrayList<String> lines = new ArrayList<>();
        if (given != null) {
            for (String entry : given) {
                if (entry != null) {
                    entry.lines().filter(line -> !line.isBlank()).forEach(lines::add);
                }
            }
        }
        return lines;
    }

    /** The entries as a text area shows them. */
    static String text(List<String> entries) {
        return String.join("\n", entries);
    }
}
