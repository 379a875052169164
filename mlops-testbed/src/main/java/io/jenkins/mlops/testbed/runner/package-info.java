/** The local Jenkinsfile runner: Jenkinsfiles on this machine, with the plugins installed and no controller. */
package io.jenkins.mlops.testbed.runner;
