/**
 * Quality in production: with labels that come late, estimated without labels, as value for the business, and what live
 * data are expected to be. Runs on an agent with nothing but the JDK.
 */
package io.jenkins.mlops.monitor.quality;
