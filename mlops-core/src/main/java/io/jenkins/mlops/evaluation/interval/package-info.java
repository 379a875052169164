/** Confidence intervals and tests: probability distributions, Wilson, DeLong, McNemar, bootstrap and batch means. */
package io.jenkins.mlops.evaluation.interval;
