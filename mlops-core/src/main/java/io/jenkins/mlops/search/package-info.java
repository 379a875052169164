/**
 * The grammar in which runs, experiments, models and versions are searched and sorted: MLflow's.
 *
 * <p>A text becomes conditions, and nothing of the text ever becomes part of a statement: stores bind keys and values.
 */
package io.jenkins.mlops.search;
