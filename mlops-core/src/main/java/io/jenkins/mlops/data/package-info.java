/**
 * Datasets: content-addressed snapshots of files and folders, their manifests and profiles, and the confinement of
 * workspace paths. Runs on agents, therefore on the JDK alone.
 */
package io.jenkins.mlops.data;
