/** The basic Pipeline steps that Jenkinsfiles use beside those of the plugins. */
package io.jenkins.mlops.testbed.steps;
