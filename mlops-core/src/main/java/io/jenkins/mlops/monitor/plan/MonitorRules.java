package io.jenkins.mlops.monitor.plan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.bucket.BucketAccess;
import io.jenkins.mlops.monitor.endpoint.EndpointPlan;
import io.jenkins.mlops.monitor.quality.Expectation;
import io.jenkins.mlops.monitor.quality.ExpectationCheck;
import io.jenkins.mlops.monitor.quality.ValuePlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a monitor holds live data and the endpoint to, and with which manners it retrains.
 *
 * @param endpoint what is watched of the endpoint itself; null for nothing
 * @param expectations what columns are expected to be; they replace what training would let expect of them
 * @param skew whether live data are also held to what the serving version was trained on
 * @param maxAgeMillis the greatest age of the youngest row; 0 for any
 * @param value what predictions are worth and cost; null when nobody says
 * @param manners how the retraining policy differs from the usual
 * @param dataset the dataset whose newest snapshot a retraining trains on; empty for the rows of the window
 * @param datasetJob the job that records it; empty for the one that retrains
 * @param recorderCredentialsId the id of the secret by which a serving process sends its predictions, which then are the
 *     logs; empty for logs that others write
 * @param drift how columns are compared otherwise than usual; null for the usual
 * @param bucket how the bucket of the logs is reached; null for logs that are in none
 */
public record MonitorRules(
        @CheckForNull EndpointPlan endpoint,
        List<Expectation> expectations,
        boolean skew,
        long maxAgeMillis,
        @CheckForNull ValuePlan value,
        RetrainingManners manners,
        String dataset,
        String datasetJob,
        String recorderCredentialsId,
        @CheckForNull DriftPlan drift,
        @CheckForNull BucketAccess bucket)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Drift and freshness by windows alone. */
    public static final MonitorRules NONE =
            new MonitorRules(null, List.of(), false, 0, null, RetrainingManners.USUAL, "", "");

    public MonitorRules {
        expectations = Expect.list(expectations, "expectations", Expect.COLUMNS);
        Expect.notNegative(maxAgeMillis, "an age in milliseconds");
        Expect.present(manners, "manners");
        Expect.text(dataset, "a dataset's name", Expect.NAME);
        Expect.text(datasetJob, "a job's name", Expect.NAME);
        // Absent in monitors that were kept before there was such a thing.
        recorderCredentialsId = recorderCredentialsId == null
                ? ""
                : Expect.text(recorderCredentialsId, "the id of credentials", Expect.NAME);
        Set<String> columns = new HashSet<>();
        for (Expectation expectation : expectations) {
            Expect.that(columns.add(expectation.column()), "one expectation of each column", expectation.column());
        }
    }

    /** The rules of a monitor whose logs others write. */
    public MonitorRules(
            @CheckForNull EndpointPlan endpoint,
            List<Expectation> expectations,
            boolean skew,
            long maxAgeMillis,
            @CheckForNull ValuePlan value,
            RetrainingManners manners,
            String dataset,
            String datasetJob) {
        this(endpoint, expectations, skew, maxAgeMillis, value, manners, dataset, datasetJob, "", null, null);
    }

    /** Whether the logs are what the recorder wrote. */
    public boolean recorded() {
        return !recorderCredentialsId.isEmpty();
    }

    /** Whether it is written down what a column is to be. */
    public boolean expects(String column) {
        return expectations.stream()
                .anyMatch(expectation -> expectation.column().equals(column));
    }

    /**
     * All that live data are held to.
     *
     * @param profile of the data that the serving version was trained on; null when there is none
     * @param inputs the columns that the version's signature asks for; null without a signature. Without one, a column
     *     that training had and serving lacks is no fault: it may have been the label
     * @param passedOver columns that are held to nothing by training
     */
    public List<Expectation> expectations(
            @CheckForNull DataProfile profile, @CheckForNull Collection<String> inputs, List<String> passedOver) {
        List<Expectation> all = new ArrayList<>(expectations);
        if (skew && profile != null) {
            for (Expectation derived : ExpectationCheck.of(profile, passedOver)) {
                boolean input = inputs == null || inputs.contains(derived.column());
                if (input && !expects(derived.column()) && all.size() < Expect.COLUMNS) {
                    all.add(inputs == null ? derived.optional() : derived);
                }
            }
        }
        return all;
    }
}
