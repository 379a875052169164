/** What stands behind the doubles of the Jenkins Test Harness: hosts for one test, sessions, waiting. */
package io.jenkins.mlops.testbed.harness;
