/**
 * The Pipeline engine of the testbed: scripts that groovy-cps has transformed, run one chunk at a time on one thread for
 * each build, written to the build's folder at every step that waits.
 */
package io.jenkins.mlops.testbed.pipeline;
