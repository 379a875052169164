/** What a Jenkinsfile can name as the target of {@code deployEndpoint}, and how its deeds reach the machine that serves. */
package io.jenkins.plugins.mlops.steps.serving;
