package io.jenkins.mlops.data.table;

import io.jenkins.mlops.data.DataException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds requested columns among those that a file has. */
final class ColumnNames {
    private static final int LISTED = 50;

    private ColumnNames() {}

    /** For each column of the file, its index in the request or -1. */
    static int[] requestOf(String fileName, List<String> names, List<ColumnRequest> requests) throws DataException {
        Map<String, Integer> wanted = new HashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            wanted.put(requests.get(i).name(), i);
        }
        int[] result = new int[names.size()];
        Arrays.fill(result, -1);
        for (int i = 0; i < result.length; i++) {
            Integer index = wanted.remove(names.get(i));
            if (index != null) {
                result[i] = index;
            }
        }
        for (ColumnRequest request : requests) {
            if (wanted.containsKey(request.name())) {
                throw absent(fileName, request.name(), names);
            }
        }
        return result;
    }

    /** Refuses a request that names a column twice. */
    static void requireDistinct(List<ColumnRequest> requests) {
        Set<String> seen = new HashSet<>();
        for (ColumnRequest request : requests) {
            if (!seen.add(request.name())) {
                throw new IllegalArgumentException("Column \"" + request.name() + "\" is requested twice.");
            }
        }
    }

    /** The error for a column that is not there: lists those that are and suggests the nearest. */
    static DataException absent(String fileName, String name, Collection<String> names) {
        StringBuilder message = new StringBuilder(fileName)
                .append(": expected a column \"")
                .append(TextErrors.shown(name))
                .append("\", found ");
        if (names.isEmpty()) {
            message.append("no columns.");
        } else {
            message.append(names.size() == 1 ? "only " : "");
            int listed = 0;
            for (String candidate : names) {
                if (listed == LISTED) {
                    message.append(" and ").append(names.size() - LISTED).append(" more");
                    break;
                }
                message.append(listed++ == 0 ? "\"" : ", \"")
                        .append(TextErrors.shown(candidate))
                        .append('"');
            }
            message.append('.');
        }
        String nearest = nearest(name, names);
        if (nearest != null) {
            message.append(" Did you mean \"").append(TextErrors.shown(nearest)).append("\"?");
        }
        return new DataException(message.toString());
    }

    private static String nearest(String name, Collection<String> names) {
        String best = null;
        int bestDistance = Math.max(1, name.length() / 3) + 1;
        String folded = fold(name);
        for (String candidate : names) {
            if (Math.abs(candidate.length() - name.length()) > bestDistance + 2 || name.length() > 200) {
                continue;
            }
            int distance = distance(folded, fold(candidate));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    // Upper and lower case, blanks and separators are what people mix up most.
    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).strip().replace('-', '_').replace(' ', '_');
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
