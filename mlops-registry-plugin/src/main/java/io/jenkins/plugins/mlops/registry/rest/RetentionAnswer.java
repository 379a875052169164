package io.jenkins.plugins.mlops.registry.rest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelCatalog;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionListing;
import io.jenkins.mlops.registry.retention.RetentionOutcome;
import io.jenkins.mlops.registry.retention.RetentionPreview;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.Visibility;
import io.jenkins.plugins.mlops.registry.retention.RetentionSweep;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The answer to what retention lets go of a model: the rule, how much goes, and versions with what keeps them. */
final class RetentionAnswer {
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 1_000_000;

    private RetentionAnswer() {}

    static Map<String, Object> of(String model, boolean all, @CheckForNull String page) {
        ModelCatalog catalog = MlopsRootAction.registry().catalog();
        Set<String> jobs = Visibility.jobs(catalog);
        MlopsRootAction.registry().model(model);
        if (jobs != null
                && catalog.versions(VersionListing.newest(model, jobs, 1))
                        .items()
                        .isEmpty()) {
            throw new RegistryException.NotFound("There is no model '" + model + "' that you may see.");
        }
        int at = number(page);
        RetentionPreview preview = RetentionSweep.preview(model, jobs);
        Listing<RetentionOutcome> listing =
                preview.listing(RegistryConnection.get().retention(), catalog, all, at * PAGE, PAGE);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("model", model);
        answer.put("rule", preview.rule());
        answer.put("keepTag", preview.rule().keepTag());
        answer.put("goes", preview.total());
        answer.put(
                "versions", listing.items().stream().map(RetentionAnswer::shown).toList());
        answer.put("total", listing.total());
        answer.put("nextPage", listing.hasMore() ? String.valueOf(at + 1) : null);
        return answer;
    }

    private static Map<String, Object> shown(RetentionOutcome outcome) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("version", outcome.version().number());
        shown.put("goes", outcome.goes());
        shown.put("keptBy", outcome.keptBy());
        shown.put("bytes", outcome.version().bytes());
        shown.put("createdMillis", outcome.version().createdMillis());
        shown.put("digest", outcome.version().digest());
        return shown;
    }

    private static int number(@CheckForNull String page) {
        if (page == null || page.isEmpty()) {
            return 0;
        }
        if (!page.matches("\\d{1,7}") || Integer.parseInt(page) > MOST_PAGES) {
            throw new IllegalArgumentException(
                    "expected nextPage of the answer before, or nothing, found '" + page + "'");
        }
        return Integer.parseInt(page);
    }
}
