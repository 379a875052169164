package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Downstream;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineageGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page {@code <jenkins>/mlops/digest/?value=}: everything that came from data, a file or a model with a digest, down
 * to the endpoints that serve it now.
 */
public final class DigestPage extends MlopsPage {
    private static final int MOST_ROWS = 200;
    private static final int MOST_DRAWN = 60;
    private static final int MOST_FOUND = 1_000;

    @CheckForNull
    private Downstream found;

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

    private Downstream found() {
        if (found == null) {
            found = new Downstream(0, 0, false, List.of(), List.of());
            if (isAsked() && isStarted()) {
                try {
                    found = catalog()
                            .downstream(Limits.digest("The digest", digest()), reader().jobs(catalog()), MOST_FOUND);
                } catch (IllegalArgumentException e) {
                    refusal = String.valueOf(e.getMessage());
                }
            }
        }
        return found;
    }

    /** What the digest is to a version. */
    private String role(ModelVersion version) {
        List<String> roles = new ArrayList<>();
        if (version.digest().equals(digest())) {
            roles.add(Messages.DigestPage_is());
        } else {
            roles.add(file(version, digest()));
        }
        if (version.dataDigests().contains(digest())) {
            roles.add(Messages.DigestPage_madeFrom());
        }
        roles.removeIf(String::isEmpty);
        return String.join("; ", roles);
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
        String reach = Messages.DigestPage_reach(
                found().versions(), found().models(), found().serving().size());
        return found().more() ? reach + " " + Messages.DigestPage_more(found().versions()) : reach;
    }

    public List<Row> getRows() {
        return found().newest().stream()
                .limit(MOST_ROWS)
                .map(version -> new Row(new VersionRow(version, List.of(), aliases(version)), role(version)))
                .toList();
    }

    public int getHidden() {
        return Math.max(0, found().versions() - MOST_ROWS);
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
        return found().serving().stream().map(EndpointChip::new).toList();
    }

    /**
     * The way down, drawn; null if there is nothing to join. Of each model there are as many versions as there is room
     * for, those that serve or hold an alias first, and one box for the rest.
     */
    @CheckForNull
    public LineageGraph getGraph() {
        Map<String, List<ModelVersion>> models = new LinkedHashMap<>();
        found().newest()
                .forEach(version -> models.computeIfAbsent(version.model(), name -> new ArrayList<>())
                        .add(version));
        GraphView view = new GraphView();
        int room = Math.max(1, MOST_DRAWN / Math.max(1, models.size()));
        models.entrySet().stream().limit(MOST_DRAWN).forEach(model -> {
            List<ModelVersion> versions = new ArrayList<>(model.getValue());
            versions.sort(Comparator.comparing(version -> !stands(version)));
            for (ModelVersion version : versions.subList(0, Math.min(room, versions.size()))) {
                view.downstream(digest(), source(), version, builds(version.build()));
                view.promotions(version, moves(version), found().serving());
            }
            if (versions.size() > room) {
                view.more(digest(), source(), model.getKey(), versions.size() - room);
            }
        });
        return view.drawn();
    }

    /** What the digest is of: data, unless no version was made from it. */
    private String source() {
        return found().newest().stream()
                        .anyMatch(version -> version.dataDigests().contains(digest()))
                ? Messages.GraphView_data()
                : Messages.DigestPage_source();
    }

    /** How many builds of a build's job there are among those found. */
    private int builds(@CheckForNull BuildRef build) {
        return build == null
                ? 0
                : (int) found().newest().stream()
                        .map(ModelVersion::build)
                        .filter(other -> other != null && other.job().equals(build.job()))
                        .map(BuildRef::number)
                        .distinct()
                        .count();
    }

    private boolean stands(ModelVersion version) {
        return !aliases(version).isEmpty()
                || found().serving().stream()
                        .anyMatch(serving ->
                                serving.model().equals(version.model()) && serving.version() == version.number());
    }

    private List<Promotion> moves(ModelVersion version) {
        return catalog().promotionsOf(version.model(), version.number()).stream()
                .filter(promotion ->
                        promotion.state().isOpen() || promotion.state().isApplied())
                .limit(1)
                .toList();
    }

    /** How many models are left out of the drawing. */
    public int getUndrawn() {
        return Math.max(0, found().models() - MOST_DRAWN);
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
