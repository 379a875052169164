/**
 * Drift: how far the columns of the current data are from those of a reference, by the field's statistics. Everything
 * here runs on an agent with nothing but the JDK.
 */
package io.jenkins.mlops.monitor.drift;
