package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineageGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The page {@code <jenkins>/mlops/digest/?value=}: everything that came from data, a file or a model with a digest, down
 * to the endpoints that serve it now.
 */
public final class DigestPage extends MlopsPage {
    private static final int MOST_ROWS = 200;
    private static final int MOST_DRAWN = 60;

    @CheckForNull
    private Map<ModelVersion, String> found;

    private String refusal = "";

    @Override
    public String getDisplayName() {
        return Messages.DigestPage_displayName();
    }

    public String getValue() {
        String value = parameter("value");
        return value == null ? "" : value.substring(0, Math.min(value.length(), Limits.KEY));
    }

    public boolean isAsked() {
        return !getValue().isEmpty();
    }

    /** The digest with its algorithm; a bare hexadecimal number of that length is taken for a SHA-256. */
    private String digest() {
        String value = getValue();
        return value.matches("[0-9a-fA-F]{64}") ? "sha256:" + value.toLowerCase(java.util.Locale.ROOT) : value;
    }

    private Map<ModelVersion, String> found() {
        if (found == null) {
            found = new LinkedHashMap<>();
            if (isAsked() && isStarted()) {
                try {
                    search(found, Limits.digest("The digest", digest()));
                } catch (IllegalArgumentException e) {
                    refusal = String.valueOf(e.getMessage());
                }
            }
        }
        return found;
    }

    private void search(Map<ModelVersion, String> versions, String digest) {
        for (ModelVersion version : reader().visible(registry().versionsByDigest(digest))) {
            versions.put(version, version.digest().equals(digest) ? Messages.DigestPage_is() : file(version, digest));
        }
        for (ModelVersion version : reader().visible(registry().versionsByData(digest))) {
            versions.merge(version, Messages.DigestPage_madeFrom(), (a, b) -> a + "; " + b);
        }
    }

    private static String file(ModelVersion version, String digest) {
        return version.files().stream()
                .filter(file -> digest.endsWith(file.sha256()))
                .map(file -> Messages.DigestPage_file(file.path()))
                .findFirst()
                .orElse("");
    }

    /** Why it is no digest; empty if it is one. */
    public String getRefusal() {
        found();
        return refusal;
    }

    /** How far it reaches, in a sentence. */
    public String getReach() {
        Set<String> models = new TreeSet<>();
        found().keySet().forEach(version -> models.add(version.model()));
        return Messages.DigestPage_reach(
                found().size(), models.size(), getEndpoints().size());
    }

    public List<Row> getRows() {
        List<Row> rows = new ArrayList<>();
        found().forEach((version, role) -> {
            if (rows.size() < MOST_ROWS) {
                rows.add(new Row(new VersionRow(version, List.of(), aliases(version)), role));
            }
        });
        return rows;
    }

    public int getHidden() {
        return Math.max(0, found().size() - MOST_ROWS);
    }

    private final Map<String, Map<String, Integer>> aliases = new LinkedHashMap<>();

    private List<String> aliases(ModelVersion version) {
        return aliases
                .computeIfAbsent(version.model(), name -> registry().model(name).aliases())
                .entrySet()
                .stream()
                .filter(alias -> alias.getValue() == version.number())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What serves any of the versions now. */
    public List<EndpointChip> getEndpoints() {
        Set<String> wanted = new TreeSet<>();
        found().keySet().forEach(version -> wanted.add(version.model() + " " + version.number()));
        List<Deployment> serving = new ArrayList<>();
        if (!wanted.isEmpty()) {
            for (Deployment deployment : registry().endpoints()) {
                if (wanted.contains(deployment.model() + " " + deployment.version())) {
                    serving.add(deployment);
                }
            }
        }
        return serving.stream().map(EndpointChip::new).toList();
    }

    /** The way down, drawn; null if there is nothing to join. */
    @CheckForNull
    public LineageGraph getGraph() {
        GraphView view = new GraphView();
        found().keySet().stream().limit(MOST_DRAWN).forEach(version -> {
            view.version(version, null, false);
            view.promotions(
                    version,
                    catalog().promotionsOf(version.model(), version.number()).stream()
                            .filter(promotion -> promotion.state().isOpen()
                                    || promotion.state().isApplied())
                            .limit(1)
                            .toList());
        });
        return view.drawn();
    }

    public int getUndrawn() {
        return Math.max(0, found().size() - MOST_DRAWN);
    }

    /** A version and what the digest is to it. */
    public record Row(VersionRow version, String role) {
        public VersionRow getVersion() {
            return version;
        }

        public String getRole() {
            return role;
        }
    }
}
