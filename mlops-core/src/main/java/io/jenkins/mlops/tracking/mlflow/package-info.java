/**
 * Answers MLflow's REST API 2.0 from the tracking store and the registry: its wire, without a web server.
 *
 * <p>Whole numbers of 64 bits are JSON numbers (texts are read, too), unset fields and empty lists are absent, an empty
 * answer is {@code {}}, undefined doubles are the texts {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
 */
package io.jenkins.mlops.tracking.mlflow;
