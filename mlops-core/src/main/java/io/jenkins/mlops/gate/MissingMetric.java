package io.jenkins.mlops.gate;

import io.jenkins.mlops.evaluation.MetricCatalog;
import java.util.Collection;
import java.util.List;

/** Explains that a metric is missing, and which one was probably meant. */
final class MissingMetric {
    private static final int MOST_LISTED = 30;

    private MissingMetric() {}

    static String explain(String wanted, Collection<String> found, String where) {
        StringBuilder text = new StringBuilder("expected a metric named '" + wanted + "' in " + where + ", found ");
        if (found.isEmpty()) {
            return text.append("no metrics at all").toString();
        }
        List<String> listed = found.stream().limit(MOST_LISTED).toList();
        text.append(String.join(", ", listed));
        if (found.size() > listed.size()) {
            text.append(" and ").append(found.size() - listed.size()).append(" more");
        }
        List<String> same = found.stream()
                .filter(name -> MetricCatalog.canonical(name).equals(MetricCatalog.canonical(wanted)))
                .toList();
        if (same.size() > 1) {
            return text.append(". More than one of them means '" + wanted + "': name one of " + String.join(", ", same))
                    .toString();
        }
        String near = nearest(wanted, found);
        if (!near.isEmpty()) {
            text.append(". Did you mean '").append(near).append("'?");
        }
        return text.toString();
    }

    private static String nearest(String wanted, Collection<String> found) {
        String canonical = MetricCatalog.canonical(wanted);
        String best = "";
        int least = Math.max(2, canonical.length() / 3) + 1;
        for (String name : found) {
            String other = MetricCatalog.canonical(name);
            boolean part = canonical.length() > 1 && (other.startsWith(canonical) || other.endsWith("_" + canonical));
            int distance = part ? 1 : distance(canonical, other, least);
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best;
    }

    /** Levenshtein distance; names are short, and anything beyond {@code most} is not worth its time. */
    private static int distance(String one, String other, int most) {
        if (Math.abs(one.length() - other.length()) >= most) {
            return most;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substitute = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
