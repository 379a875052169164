/**
 * Evaluation of a model from a file of its predictions: metrics, slices, confidence intervals, and the paired comparison
 * with the champion on the same rows. Everything here runs on an agent with nothing but the JDK; the results are small
 * serialisable values.
 */
package io.jenkins.mlops.evaluation;
