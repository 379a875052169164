/**
 * The metrics themselves: pure functions on primitive arrays. Definitions and edge cases follow scikit-learn; where it
 * raises an error for an undefined value, these give NaN.
 */
package io.jenkins.mlops.evaluation.metric;
