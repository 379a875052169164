package io.jenkins.plugins.mlops.registry.rest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.ServedQuery;
import io.jenkins.mlops.registry.ServedVersion;
import io.jenkins.plugins.mlops.registry.Visibility;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer to what served at a moment: for each alias and endpoint the version, its origin and who let it there. */
final class ServedAt {
    private static final int PAGE = 500;

    private ServedAt() {}

    static Map<String, Object> answer(String time, String model, String endpoint, String page) {
        long millis = millis(time);
        ServedQuery query =
                ServedQuery.at(millis).ofModel(Util.fixEmptyAndTrim(model)).ofEndpoint(Util.fixEmptyAndTrim(endpoint));
        // One token leads through both lists: first all aliases, then all endpoints.
        boolean aliases = query.endpoint() == null && (page == null || !page.startsWith("e"));
        String token = page == null || page.isEmpty() ? null : page.substring(1);
        Page<ServedVersion> served = aliases
                ? MlopsRootAction.registry().aliasesAt(query, new Page.Request(PAGE, token))
                : MlopsRootAction.registry().endpointsAt(query, new Page.Request(PAGE, token));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("time", Instant.ofEpochMilli(millis).toString());
        answer.put("millis", millis);
        String next = served.nextToken();
        answer.put("aliases", aliases ? shown(served) : List.of());
        if (aliases && next == null) {
            Page<ServedVersion> endpoints = MlopsRootAction.registry().endpointsAt(query, new Page.Request(PAGE, null));
            answer.put("endpoints", shown(endpoints));
            next = endpoints.nextToken();
            answer.put("nextPage", next == null ? null : "e" + next);
        } else {
            answer.put("endpoints", aliases ? List.of() : shown(served));
            answer.put("nextPage", next == null ? null : (aliases ? "a" : "e") + next);
        }
        return answer;
    }

    private static List<ServedVersion> shown(Page<ServedVersion> served) {
        return served.items().stream()
                .filter(one -> Visibility.of(one.version()))
                .toList();
    }

    /** @throws IllegalArgumentException for what is no moment, or leaves the time zone open */
    static long millis(@CheckForNull String time) {
        String text = time == null ? "" : time.trim();
        try {
            // a "+" that was not encoded arrives as a blank
            return text.matches("-?[0-9]{1,18}")
                    ? Long.parseLong(text)
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException x) {
            throw new IllegalArgumentException(
                    "expected a time with its zone, such as 2026-01-31T09:30:00Z or 2026-01-31T10:30:00+01:00, found '"
                            + text + "'",
                    x);
        }
    }
}
