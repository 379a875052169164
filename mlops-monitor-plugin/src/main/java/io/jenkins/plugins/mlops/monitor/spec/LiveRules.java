package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** The options of a monitor that live data and the endpoint are held to, by which it retrains, and of where logs are kept. */
public abstract class LiveRules implements Serializable {
    private static final long serialVersionUID = 1L;

    private EndpointHealthSpec health;
    private ArrayList<ColumnExpectationSpec> expectations = new ArrayList<>();
    // Null in configuration that was kept before there was such a thing.
    private Boolean skew = true;
    private String maxAge = "";
    private PredictionValueSpec value;
    private MannersSpec manners;
    private String dataset = "";
    private String datasetJob = "";
    private String recorderCredentialsId = "";
    private LogStoreSpec logStore;
    private DriftSpec drift;

    @CheckForNull
    public EndpointHealthSpec getHealth() {
        return health;
    }

    /** What is watched of the endpoint itself; none for whether it is ready alone. */
    @DataBoundSetter
    public void setHealth(@CheckForNull EndpointHealthSpec health) {
        this.health = health;
    }

    public List<ColumnExpectationSpec> getExpectations() {
        return expectations == null ? List.of() : Collections.unmodifiableList(expectations);
    }

    /** What columns of live data are expected to be, in place of what training would let expect. */
    @DataBoundSetter
    public void setExpectations(@CheckForNull List<ColumnExpectationSpec> expectations) {
        this.expectations = expectations == null ? new ArrayList<>() : new ArrayList<>(expectations);
    }

    public boolean isSkew() {
        return !Boolean.FALSE.equals(skew);
    }

    /** Whether live data are held to what the serving version was trained on. */
    @DataBoundSetter
    public void setSkew(boolean skew) {
        this.skew = skew;
    }

    public String getMaxAge() {
        return Util.fixNull(maxAge);
    }

    /** The greatest age of the youngest row, such as {@code 2h}; empty for any. */
    @DataBoundSetter
    public void setMaxAge(@CheckForNull String maxAge) {
        this.maxAge = Util.fixNull(maxAge).trim();
    }

    @CheckForNull
    public PredictionValueSpec getValue() {
        return value;
    }

    /** What predictions are worth and cost; none when nobody says. */
    @DataBoundSetter
    public void setValue(@CheckForNull PredictionValueSpec value) {
        this.value = value;
    }

    @CheckForNull
    public MannersSpec getManners() {
        return manners;
    }

    /** Further manners of retraining: quiet hours, minutes, what follows which severity. */
    @DataBoundSetter
    public void setManners(@CheckForNull MannersSpec manners) {
        this.manners = manners;
    }

    public String getRecorderCredentialsId() {
        return Util.fixNull(recorderCredentialsId);
    }

    /**
     * The id of the secret text by which a serving process sends its predictions to {@code mlops-recorder/MONITOR}, where
     * they become the monitor's logs; empty for logs in a folder.
     */
    @DataBoundSetter
    public void setRecorderCredentialsId(@CheckForNull String recorderCredentialsId) {
        this.recorderCredentialsId = Util.fixNull(recorderCredentialsId).trim();
    }

    public String getDataset() {
        return Util.fixNull(dataset);
    }

    /** The dataset whose newest snapshot a retraining trains on; empty for the rows of the window. */
    @DataBoundSetter
    public void setDataset(@CheckForNull String dataset) {
        this.dataset = Util.fixNull(dataset).trim();
    }

    public String getDatasetJob() {
        return Util.fixNull(datasetJob);
    }

    /** The job that records the dataset, by its full name; empty for the one that retrains. */
    @DataBoundSetter
    public void setDatasetJob(@CheckForNull String datasetJob) {
        this.datasetJob = Util.fixNull(datasetJob).trim();
    }

    @CheckForNull
    public LogStoreSpec getLogStore() {
        return logStore;
    }

    /** How the object store of the logs is reached; none for a public bucket of AWS, or logs in a folder. */
    @DataBoundSetter
    public void setLogStore(@CheckForNull LogStoreSpec logStore) {
        this.logStore = logStore;
    }

    @CheckForNull
    public DriftSpec getDrift() {
        return drift;
    }

    /** How columns are compared otherwise than by Evidently's choice; none for that. */
    @DataBoundSetter
    public void setDrift(@CheckForNull DriftSpec drift) {
        this.drift = drift;
    }
}
